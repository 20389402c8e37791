import { LogdirError } from '@unroll/tensorboard-writer/node';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openLogs } from '../src/open-logs.js';
import { readScalars } from './read-scalars.js';
import { temporaryFolder } from './temporary-folder.js';

const folder = temporaryFolder();

/** Everything in a folder, sorted. */
async function tree(path: string): Promise<readonly string[]> {
  return (await readdir(path, { recursive: true })).toSorted();
}

/** Runs `body` without the rights of root, where the tests have them: root may write anywhere. */
async function asNobody<Result>(body: () => Promise<Result>): Promise<Result> {
  if (process.geteuid?.() !== 0) return body();
  process.seteuid?.(65_534);
  try {
    return await body();
  } finally {
    process.seteuid?.(0);
  }
}

describe('openLogs', () => {
  test('makes the logdir and opens a log for each phase', async () => {
    const logdir = join(folder, 'a', 'b');
    const logs = await openLogs(logdir);
    logs.train.scalar('loss', 2, 1);
    logs.test.scalar('loss', 3, 2);
    await Promise.all([logs.train.close(), logs.test.close()]);
    expect(await readScalars(join(logdir, 'train'))).toEqual([{ tag: 'loss', step: 1, value: 2 }]);
    expect(await readScalars(join(logdir, 'test'))).toEqual([{ tag: 'loss', step: 2, value: 3 }]);
  });

  test('leaves of the first log nothing but what was there, where the second cannot be', async () => {
    const logdir = join(folder, 'c');
    await mkdir(join(logdir, 'train'), { recursive: true });
    await writeFile(join(logdir, 'train', 'earlier.tfevents'), 'earlier');
    await writeFile(join(logdir, 'test'), 'in the way');
    await expect(openLogs(logdir)).rejects.toThrow(LogdirError);
    expect(await tree(logdir)).toEqual(['test', 'train', join('train', 'earlier.tfevents')]);
    expect(await readFile(join(logdir, 'train', 'earlier.tfevents'), 'utf8')).toBe('earlier');
  });

  test('leaves no folder that it made, where the second cannot be', async () => {
    const logdir = join(folder, 'd');
    await mkdir(logdir);
    await writeFile(join(logdir, 'test'), 'in the way');
    await expect(openLogs(logdir)).rejects.toThrow(LogdirError);
    expect(await tree(logdir)).toEqual(['test']);
  });

  test.skipIf(process.platform === 'win32')('refuses a logdir without permission', async () => {
    const logdir = join(folder, 'e');
    await mkdir(logdir, { mode: 0o555 });
    await chmod(folder, 0o755);
    await asNobody(() =>
      expect(openLogs(logdir)).rejects.toMatchObject({
        name: 'LogdirError',
        cause: { code: 'EACCES' },
      }),
    );
    expect(await tree(logdir)).toEqual([]);
  });
});
