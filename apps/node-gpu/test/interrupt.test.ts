import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { readScalars } from './read-scalars.js';
import { startUnroll } from './run-unroll.js';
import { summaryLines } from './summary-lines.js';
import { temporaryFolder } from './temporary-folder.js';
import { writeTinyData } from './tiny-data.js';

const folder = temporaryFolder();
const data = join(folder, 'data');
const fixed = ['--no-verify', '--backend', 'cpu', '--epochs', '1000'];
const train = ['train', '--data', data, ...fixed, '--logdir'];

beforeAll(() => writeTinyData(data));

/** The steps of both logs' losses; throws if a file is not whole. */
async function loggedSteps(logdir: string): Promise<readonly number[]> {
  const points = await Promise.all(
    ['train', 'test'].map((name) => readScalars(join(logdir, name))),
  );
  return points.flat().flatMap(({ tag, step }) => (tag === 'loss' ? [step] : []));
}

describe('unroll train', () => {
  test.for([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s ends it with the logs closed and exit code %d', async ([signal, expected]) => {
    const logdir = join(folder, signal);
    const { child, printed, ended } = startUnroll([...train, logdir, '--batch-size', '2']);
    await printed(/step 250,/);
    child.kill(signal);
    const { exitCode, stdout, stderr } = await ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: expected, stderr: '' });
    expect(stdout).toMatch(/\ninterrupted after [\d,]+ steps; the logs are closed\n$/);
    expect(stdout).not.toContain('test accuracy');
    const steps = summaryLines(stdout).map(({ step }) => step);
    expect(steps).toContain(250);
    expect(await loggedSteps(logdir)).toEqual(steps);
  });

  test('a second SIGINT ends it at once, in the middle of a long step', async () => {
    const logdir = join(folder, 'second');
    const large = ['--batch-size', '250', '--units', '120'];
    const { child, printed, ended } = startUnroll([...train, logdir, ...large]);
    await printed(/^logs: /m);
    child.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 20));
    child.kill('SIGINT');
    const { exitCode, stdout, stderr } = await ended;
    expect({ exitCode, stderr }).toEqual({ exitCode: 130, stderr: '' });
    expect(stdout).not.toContain('interrupted');
    expect(await loggedSteps(logdir)).toEqual([]);
  });

  test('a reader that has seen enough ends it, with the logs closed and nothing said', async () => {
    const logdir = join(folder, 'head');
    const { child, printed, ended } = startUnroll([...train, logdir, '--batch-size', '2']);
    await printed(/^logs: /m);
    child.stdout!.destroy();
    expect(await ended).toMatchObject({ exitCode: 141, stderr: '' });
    expect(await loggedSteps(logdir)).toEqual([250]);
  });

  test.skipIf(!existsSync('/dev/full'))('an output that is full ends it, and is said', async () => {
    const logdir = join(folder, 'full');
    const output = openSync('/dev/full', 'w');
    const { ended } = startUnroll([...train, logdir, '--batch-size', '2'], { stdout: output });
    expect(await ended).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: 'unroll: stdout: ENOSPC: no space left on device, write\n',
    });
    closeSync(output);
    expect(await loggedSteps(logdir)).toEqual([]);
  });
});

describe('unroll --help', () => {
  test.skipIf(!existsSync('/dev/full'))('into an output that is full fails', async () => {
    const output = openSync('/dev/full', 'w');
    const { exitCode, stderr } = await startUnroll(['--help'], { stdout: output }).ended;
    closeSync(output);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: 'unroll: stdout: ENOSPC: no space left on device, write\n',
    });
  });
});
