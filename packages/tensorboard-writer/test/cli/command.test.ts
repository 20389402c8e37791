import { spawnSync } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openLogdir } from '@unroll/tensorboard-writer/node';
import { logsFolder } from '../logs-golden.js';
import type { TagLine } from '../../src/cli/list-tags.js';
import { type Ended, runCommand } from './run-command.js';

let folder: string;
const run = (...args: readonly string[]): Promise<Ended> => runCommand(folder, args);
const printed = (stdout: string): Ended => ({ exitCode: 0, stdout, stderr: '' });
const refused = (exitCode: number, stderr: string): Ended => ({
  exitCode,
  stdout: '',
  stderr: `tensorboard-writer: ${stderr}\n`,
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-command-'));
  const train = await openLogdir(join(folder, 'logs/train'));
  for (let step = 0; step < 3; step++) {
    train.scalar('loss', 1 / (step + 1), step, { wallTime: 100.5 + step });
  }
  train.scalar('a "b", c\n\u001B[2J', Number.NaN, 2 ** 40, { wallTime: 100 });
  await train.close();
  const other = await openLogdir(join(folder, 'logs/test'));
  other.scalar('loss', -Infinity, 7, { wallTime: 200 });
  await other.close();
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

const POINTS = [
  'train,loss,0,100.5,1\n',
  'train,loss,1,101.5,0.5\n',
  'train,loss,2,102.5,0.3333333432674408\n',
];

describe('tensorboard-writer ls', () => {
  test('lists runs and tags in a table, whatever the names hold', async () => {
    expect(await run('ls', 'logs')).toEqual(
      printed(
        [
          'RUN    TAG           KIND    COUNT          FIRST           LAST  LAST VALUE',
          'test   loss          scalar      1              7              7   -Infinity',
          'train  loss          scalar      3              0              2   0.3333333',
          'train  a "b", c [2J  scalar      1  1099511627776  1099511627776         NaN\n',
        ].join('\n'),
      ),
    );
  });

  test('lists every kind of value', async () => {
    const { stdout, stderr } = await run('ls', logsFolder, '--json', '--run', 't*');
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as TagLine);
    expect(stderr).toBe('');
    const tags = new Map(
      lines.map(({ run: name, tag, kind, last }) => [`${name} ${tag}`, [kind, last]]),
    );
    expect(Object.fromEntries(tags)).toMatchObject({
      'tensorflow images': ['image', '2 of 4x3'],
      'tensorflow nothing': ['histogram', '0 values from 0 to 0'],
      'tensorflow text': ['text', 'a | b | c | d'],
      'torch weights': ['histogram', '40 values from 0 to 1'],
      'torch audio': ['audio', '1 clips'],
      'torch pr': ['tensor', 'float32 [6, 5]'],
      'torch loss/train': ['scalar', 3.0000000054977558e38],
    });
    const hparams = await run('ls', logsFolder, '--json', '--tag', '*start_info');
    expect(JSON.parse(hparams.stdout)).toMatchObject({ kind: 'hparams', last: 'cell=lstm lr=0.1' });
    expect(lines.find(({ tag }) => tag === 'loss')).toEqual({
      run: 'tensorflow',
      tag: 'loss',
      kind: 'scalar',
      count: 3,
      firstStep: 0,
      lastStep: 2,
      last: Math.fround(1 / 3),
    });
  });

  test('takes names as they are, but for the stars', async () => {
    const names = ['run-1', 'a.b', 'a+b', 'x/y-z', String.raw`a\b`, '[2]', '(c|d)', '$^{}?', '#&~'];
    const logdir = join(folder, 'names');
    const writer = await openLogdir(logdir);
    for (const name of [...names, 'axb', 'run']) writer.scalar(name, 1, 0);
    await writer.close();
    const patterns = names.map((name) => `${name}*`);
    const { stdout, stderr } = await run('ls', logdir, '--json', '--tag', ...patterns);
    expect(stderr).toBe('');
    const lines = stdout.trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as TagLine).tag)).toEqual(names);
  });

  test('counts what a restart has left', async () => {
    const { stdout } = await run(
      'ls',
      logsFolder,
      '--run',
      'restarted',
      '--tag',
      'again',
      '--json',
    );
    expect(JSON.parse(stdout)).toMatchObject({ count: 3, firstStep: 0, lastStep: 2, last: 1 });
  });

  test('lists what is whole in a corrupt run, and the other runs, but tells of it', async () => {
    const logdir = join(folder, 'corrupt');
    await mkdir(logdir);
    const golden = join(logsFolder, 'restarted', 'events.out.tfevents.1700000000.golden.0');
    const path = join(logdir, 'events.out.tfevents.1');
    await writeFile(path, (await readFile(golden)).subarray(0, 200));
    const torn = await run('ls', 'corrupt', '--json');
    expect([torn.exitCode, torn.stderr]).toEqual([0, '']);
    await appendFile(path, new Uint8Array(100));
    const corrupt = await run('ls', 'corrupt', '--json');
    expect(corrupt).toEqual({
      exitCode: 1,
      stdout: torn.stdout,
      stderr: expect.stringMatching(
        /^tensorboard-writer: readEvents: corrupt\/events\.out\.tfevents\.1: record at byte \d+: expected the checksum \w+ of its data, got \w+\n$/,
      ),
    });
  });

  test.each([
    ['a directory without event files', 'empty', 'empty: expected event files, got none'],
    [
      'a directory that is not there',
      'nowhere',
      "ENOENT: no such file or directory, stat 'nowhere'",
    ],
  ])('refuses %s', async (_, logdir, message) => {
    await mkdir(join(folder, 'empty'), { recursive: true });
    expect(await run('ls', logdir)).toEqual(refused(1, message));
  });
});

describe('tensorboard-writer export', () => {
  test('prints all points as CSV', async () => {
    expect(await run('export', 'logs')).toEqual(
      printed(
        [
          'run,tag,step,wall_time,value\n',
          'test,loss,7,200,-Infinity\n',
          ...POINTS,
          'train,"a ""b"", c\n\u001B[2J",1099511627776,100,NaN\n',
        ].join(''),
      ),
    );
  });

  test('prints JSON', async () => {
    const { stdout } = await run('export', 'logs', '--format', 'json');
    expect(JSON.parse(stdout)).toEqual([
      { run: 'test', tag: 'loss', steps: [7], wallTimes: [200], values: ['-Infinity'] },
      {
        run: 'train',
        tag: 'loss',
        steps: [0, 1, 2],
        wallTimes: [100.5, 101.5, 102.5],
        values: [1, 0.5, Math.fround(1 / 3)],
      },
      {
        run: 'train',
        tag: 'a "b", c\n\u001B[2J',
        steps: [2 ** 40],
        wallTimes: [100],
        values: ['NaN'],
      },
    ]);
  });

  test('takes the runs and tags that are asked for', async () => {
    const args = ['export', 'logs', '--run', 'tr*n', '--tag', 'los', 'l*'];
    expect((await run(...args)).stdout).toBe(`run,tag,step,wall_time,value\n${POINTS.join('')}`);
    expect(await run('export', 'logs', '--tag', 'los')).toEqual(
      refused(1, 'logs: expected scalars, got none'),
    );
  });

  test('keeps what a restart took back where it is told to', async () => {
    const linesBy = async (...args: string[]): Promise<number> => {
      const { stdout } = await run('export', logsFolder, '--run', 'restarted', ...args);
      return stdout.split('\n').length - 2;
    };
    expect([
      await linesBy(),
      await linesBy('--restarts', 'session'),
      await linesBy('--restarts', 'keep'),
    ]).toEqual([11, 16, 22]);
  });

  test('writes a file, and leaves nothing else', async () => {
    await mkdir(join(folder, 'out'));
    expect(await run('export', 'logs', '--tag', 'loss', '--out', 'out')).toEqual(printed(''));
    expect(await run('export', 'logs', '--out', 'out/all.json')).toEqual(printed(''));
    expect(await readdir(join(folder, 'out'))).toEqual(['all.json', 'scalars.csv']);
    expect(await readFile(join(folder, 'out/scalars.csv'), 'utf8')).toMatch(POINTS.join(''));
    expect(JSON.parse(await readFile(join(folder, 'out/all.json'), 'utf8'))).toHaveLength(3);
  });

  test('replaces a file only where it is told to', async () => {
    const path = join(folder, 'mine.csv');
    await writeFile(path, 'mine');
    expect(await run('export', 'logs', '--out', 'mine.csv')).toEqual(
      refused(1, 'mine.csv: expected nothing there, got a file (see --force)'),
    );
    expect(await readFile(path, 'utf8')).toBe('mine');
    expect(await run('export', 'logs', '--out', 'mine.csv', '--force')).toEqual(printed(''));
    expect(await readFile(path, 'utf8')).toMatch(POINTS.join(''));
  });

  test('says what keeps a file from being written', async () => {
    const { exitCode, stderr } = await run('export', 'logs', '--out', 'nowhere/a.csv');
    expect([exitCode, stderr]).toEqual([1, expect.stringMatching(/^tensorboard-writer: ENOENT: /)]);
  });
});

describe('tensorboard-writer', () => {
  test.each([
    ['no log directory', ['ls'], "missing required argument 'logdir' (try --help)"],
    ['another command', ['show', 'logs'], "unknown command 'show' (try --help)"],
    [
      'another format',
      ['export', 'logs', '--format', 'xml'],
      "option '--format <name>' argument 'xml' is invalid. Allowed choices are csv, json. (try --help)",
    ],
  ])('refuses %s by exit code 2', async (_, args, message) => {
    expect(await run(...args)).toEqual(refused(2, message));
  });

  test('says what it can do, and which version it is', async () => {
    const { exitCode, stdout } = await run('--help');
    expect([exitCode, stdout]).toEqual([0, expect.stringMatching(/ls .*\n.*export /s)]);
    expect((await run('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });

  test('ends quietly where nobody reads its output any more', ({ skip }) => {
    skip(process.platform === 'win32', 'Windows has no bash');
    const bin = fileURLToPath(new URL('../../bin/tensorboard-writer.js', import.meta.url));
    const command = `"${process.execPath}" "${bin}" export "${logsFolder}" | true; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' });
    expect([stdout.trim(), stderr]).toEqual(['141', '']);
  });
});
