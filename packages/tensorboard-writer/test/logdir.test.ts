import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { LogdirError, openLogdir } from '@unroll/tensorboard-writer/node';
import { eventFiles, readLogdir } from './event-files.js';
import { rejection } from './rejection.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-logdir-'));
});

afterEach(async () => {
  vi.useRealTimers();
  await rm(folder, { recursive: true });
});

describe('openLogdir', () => {
  test('makes the directory, and in it a file that TensorBoard can read from the start', async () => {
    const logdir = join(folder, 'runs', '2026', 'a');
    const writer = await openLogdir(logdir);
    expect(await readLogdir(logdir)).toMatchObject([{ fileVersion: 'brain.Event:2' }]);
    await writer.close();
  });

  test('names the file as TensorFlow does', async () => {
    vi.useFakeTimers({ now: 1_700_000_000_999, toFake: ['Date'] });
    const writer = await openLogdir(folder, { filenameSuffix: '.v2' });
    await writer.close();
    const [name = ''] = await readdir(folder);
    const start = `events.out.tfevents.1700000000.${hostname()}.${process.pid}.`;
    expect(name.slice(0, start.length)).toBe(start);
    expect(name.slice(start.length)).toMatch(/^\d+\.v2$/);
  });

  test('pads the seconds to ten digits', async () => {
    vi.useFakeTimers({ now: 5000, toFake: ['Date'] });
    await (await openLogdir(folder)).close();
    expect((await readdir(folder))[0]).toMatch(/^events\.out\.tfevents\.0000000005\./);
  });

  test('gives each writer a file of its own', async () => {
    for (const step of [1, 2, 3]) {
      // oxlint-disable-next-line no-await-in-loop -- one live writer in a directory
      const writer = await openLogdir(folder);
      writer.scalar('a', step * 10, step);
      // oxlint-disable-next-line no-await-in-loop -- one live writer in a directory
      await writer.close();
    }
    expect((await readdir(folder)).length).toBe(3);
    const events = await readLogdir(folder);
    expect(events.flatMap(({ value }) => value ?? [])).toEqual([10, 20, 30]);
  });

  test('names its file after all others, within one second and where the clock went back', async () => {
    const opened: string[] = [];
    for (const seconds of [...Array<number>(12).fill(1_700_000_000), 1_600_000_000, 5]) {
      vi.useFakeTimers({ now: seconds * 1000, toFake: ['Date'] });
      await (await openLogdir(folder)).close();
      opened.push(...(await eventFiles(folder)).filter((name) => !opened.includes(name)));
    }
    expect(opened.length).toBe(14);
    expect(opened).toEqual(opened.toSorted());
  });

  test('names its file after one that has the same name or a later one', async () => {
    vi.useFakeTimers({ now: 1_700_000_000_000, toFake: ['Date'] });
    await writeFile(join(folder, 'events.out.tfevents.1700000003.z.1.0'), 'of another machine');
    await writeFile(join(folder, 'x.tfevents'), 'of somebody who names files otherwise');
    await (await openLogdir(folder)).close();
    expect((await eventFiles(folder))[1]).toMatch(/^events\.out\.tfevents\.1700000004\./);
  });

  test('gives a writer whose flushed scalars are on disk, and whose closed file is whole', async () => {
    const writer = await openLogdir(folder);
    writer.scalar('loss', 0.5, 1, { wallTime: 10 });
    await writer.flush();
    expect((await readLogdir(folder))[1]).toEqual({
      wallTime: 10,
      step: 1,
      tag: 'loss',
      value: 0.5,
    });
    for (let step = 2; step <= 5000; step++)
      writer.scalar('loss', 1 / step, step, { wallTime: 10 });
    await writer.close();
    const events = await readLogdir(folder);
    expect(events.slice(1).map(({ step }) => step)).toEqual(
      Array.from({ length: 5000 }, (_, i) => i + 1),
    );
  });

  test('hands its options to the writer', async () => {
    const writer = await openLogdir(folder, { maxQueue: 2, flushSeconds: 0.05 });
    writer.scalar('a', 1, 1);
    await vi.waitFor(async () => expect((await readLogdir(folder)).length).toBe(2));
    writer.scalar('a', 2, 2);
    writer.scalar('a', 3, 3);
    await vi.waitFor(async () => expect((await readLogdir(folder)).length).toBe(4));
    await writer.close();
  });
});

describe('openLogdir, where the directory cannot be written', () => {
  test('says so of a file in its place', async () => {
    const logdir = join(folder, 'log');
    await writeFile(logdir, 'not a directory');
    const error = await rejection(openLogdir(logdir));
    expect(error).toBeInstanceOf(LogdirError);
    expect(error).toMatchObject({
      name: 'LogdirError',
      message:
        `openLogdir: logdir: expected a directory that can be written, got ${logdir} ` +
        `(EEXIST: file already exists, mkdir '${logdir}')`,
      logdir,
      cause: { code: 'EEXIST' },
    });
    expect(await readFile(logdir, 'utf8')).toBe('not a directory');
  });

  test('says so of a file on the way', async () => {
    await writeFile(join(folder, 'file'), '');
    const logdir = join(folder, 'file', 'run');
    expect(await rejection(openLogdir(logdir))).toMatchObject({
      message:
        `openLogdir: logdir: expected a directory that can be written, got ${logdir} ` +
        `(ENOTDIR: not a directory, mkdir '${logdir}')`,
      cause: { code: 'ENOTDIR' },
    });
    expect(await readdir(folder)).toEqual(['file']);
  });

  test.runIf(existsSync('/proc/self'))('says so of a place where nothing can be made', async () => {
    const logdir = '/proc/unroll/run';
    const error = await rejection(openLogdir(logdir));
    expect(error).toMatchObject({ name: 'LogdirError', logdir, cause: { code: 'ENOENT' } });
  });

  test('says so of a directory without permission', async () => {
    const logdir = join(folder, 'locked');
    await mkdir(logdir, { mode: 0o555 });
    await chmod(folder, 0o755);
    const error = await asNobody(() => rejection(openLogdir(logdir)));
    expect(error).toMatchObject({ name: 'LogdirError', logdir, cause: { code: 'EACCES' } });
    expect(await readdir(logdir)).toEqual([]);
  });

  test('leaves none of the directories that it made on the way', async () => {
    const logdir = join(folder, 'runs', 'new', 'n'.repeat(300));
    expect(await rejection(openLogdir(logdir))).toMatchObject({ cause: { code: 'ENAMETOOLONG' } });
    expect(await readdir(folder)).toEqual([]);
  });

  test('leaves a directory on the way that was there before', async () => {
    await mkdir(join(folder, 'runs'));
    const error = await rejection(openLogdir(join(folder, 'runs', 'n'.repeat(300))));
    expect(error).toBeInstanceOf(LogdirError);
    expect(await readdir(folder)).toEqual(['runs']);
  });
});

describe('what openLogdir refuses', () => {
  test.each([
    ['no path', [undefined], TypeError, 'openLogdir: logdir: expected a path, got undefined'],
    ['an empty path', [''], RangeError, 'openLogdir: logdir: expected a path, got ""'],
    [
      'a comment, as PyTorch takes one, in place of options',
      ['logs', 'first try'],
      TypeError,
      'openLogdir: options: expected an object, got "first try"',
    ],
    [
      'a suffix that no file name can have',
      ['logs', { filenameSuffix: '\0' }],
      RangeError,
      String.raw`openLogdir: filenameSuffix: expected a string without path separators, got "\u0000"`,
    ],
    [
      'a suffix that is no string',
      ['run', { filenameSuffix: 2 }],
      TypeError,
      'openLogdir: filenameSuffix: expected a string without path separators, got 2',
    ],
    [
      'a suffix that leads elsewhere',
      ['run', { filenameSuffix: '/../a' }],
      RangeError,
      'openLogdir: filenameSuffix: expected a string without path separators, got "/../a"',
    ],
    [
      'a queue of nothing',
      ['run', { maxQueue: 0 }],
      RangeError,
      'openLogdir: maxQueue: expected a whole number from 1, got 0',
    ],
    [
      'a flush without end',
      ['run', { flushSeconds: -1 }],
      RangeError,
      'openLogdir: flushSeconds: expected a number of seconds over 0, got -1',
    ],
  ])('%s', async (_, args, type, message) => {
    const open = openLogdir as (...args: unknown[]) => Promise<unknown>;
    const [path, ...rest] = args;
    const logdir = path === 'run' ? join(folder, 'run') : path;
    const error: unknown = await open(logdir, ...rest).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ message });
    expect(await readdir(folder)).toEqual([]);
  });
});

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
