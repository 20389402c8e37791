import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectRefusal } from './expect-refusal.js';
import { readScalars } from './read-scalars.js';
import { runUnroll } from './run-unroll.js';
import { temporaryFolder } from './temporary-folder.js';
import { writeTinyData } from './tiny-data.js';

const folder = temporaryFolder();
const data = join(folder, 'data');
const train = ['train', '--data', data, '--no-verify', '--batch-size', '2', '--backend', 'cpu'];

beforeAll(() => writeTinyData(data));

describe('a logdir that cannot be written is one line, and leaves what was there:', () => {
  const logdir = join(folder, 'logdir');

  beforeAll(async () => {
    await mkdir(logdir);
    for (const name of ['file', 'test', 'train']) await writeFile(join(logdir, name), name);
  });

  test.for([
    ['a file in its place', 'file', 'ENOTDIR: not a directory', 'file/train'],
    ['a file on the way', 'file/log', 'ENOTDIR: not a directory', 'file/log'],
    ['a file in place of the training log', '.', 'EEXIST: file already exists', 'train'],
  ] as const)('%s', async ([, path, reason, made]) => {
    const inTheWay = join(logdir, path);
    const log = join(inTheWay, 'train');
    const line = `openLogdir: logdir: expected a directory that can be written, got ${log} (${reason}, mkdir '${join(logdir, made)}')`;
    await expectRefusal(logdir, [...train, '--logdir', inTheWay], { exitCode: 1, line });
  });

  test('a file in place of the test log, with the training log open', async () => {
    await rm(join(logdir, 'train'));
    const log = join(logdir, 'test');
    const line = `openLogdir: logdir: expected a directory that can be written, got ${log} (EEXIST: file already exists, mkdir '${log}')`;
    await expectRefusal(logdir, [...train, '--logdir', logdir], { exitCode: 1, line });
  });
});

describe.skipIf(process.platform === 'win32')('a disk', () => {
  const logdir = join(folder, 'runs', 'full');

  /** The shell's unit is 512 bytes. */
  const runWithin = (units: number) =>
    runUnroll([...train, '--units', '1', '--epochs', '100', '--logdir', logdir], {
      wrapper: ['sh', '-c', `ulimit -f ${units}; exec "$0" "$@"`],
    });

  test('that takes nothing is told before the training, and nothing is left', async () => {
    const { exitCode, stdout, stderr } = await runWithin(0);
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
    expect(stderr).toMatch(/^unroll: openLogdir: logdir: .* \(EFBIG: file too large.*\n$/);
    expect(await readdir(folder)).toEqual(['data', 'logdir']);
  });

  test('that fills up ends the training with one line, and leaves whole records', async () => {
    const { exitCode, stderr } = await runWithin(1);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^unroll: SummaryWriter: sink\.write: expected it to succeed, got EFBIG: file too large.*\n$/,
    );
    expect(await readScalars(join(logdir, 'train'))).toEqual([]);
    const points = await readScalars(join(logdir, 'test'));
    expect(points.map(({ tag }) => tag)).toContain('test_accuracy');
  });
});
