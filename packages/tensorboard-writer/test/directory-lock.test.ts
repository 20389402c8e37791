import { once } from 'node:events';
import { readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { openLogdir } from '@unroll/tensorboard-writer/node';
import { ourselves } from '../src/logdir/lock-holder.js';
import { eventFiles, readLogdir } from './event-files.js';
import { startProgram } from './programs/start-program.js';
import { rejection } from './rejection.js';
import { temporaryFolder } from './temporary-folder.js';

const folder = temporaryFolder();
const lockFile = (): string => join(folder.path, '.tensorboard-writer.lock');

/** A process that opens the directory when it is told to, and says how that went. */
async function opener() {
  const child = startProgram('open', [folder.path]);
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  await lines.next();
  return {
    pid: child.pid,
    async open(): Promise<unknown> {
      child.stdin.write('open\n');
      return (await lines.next()).value;
    },
    async end(how: 'close' | 'kill'): Promise<void> {
      const ended = once(child, 'close');
      if (how === 'kill') child.kill('SIGKILL');
      child.stdin.end();
      await ended;
    },
  };
}

/** Leaves a lock file of some age. */
async function leaveLock(text: string, seconds: number): Promise<void> {
  await writeFile(lockFile(), text);
  const then = Date.now() / 1000 - seconds;
  await utimes(lockFile(), then, then);
}

afterEach(() => {
  vi.useRealTimers();
});

describe('a directory with a live writer', () => {
  test('takes no second one of the same process, and leaves the first as it is', async () => {
    const writer = await openLogdir(folder.path);
    expect(await rejection(openLogdir(folder.path))).toMatchObject({
      name: 'LogdirError',
      message:
        `openLogdir: logdir: expected a directory that can be written, got ${folder.path} ` +
        `(process ${process.pid} on ${hostname()} has a live writer there, by its file '${lockFile()}')`,
    });
    writer.scalar('a', 1, 1);
    await writer.close();
    expect(await readLogdir(folder.path)).toMatchObject([{}, { value: 1 }]);
  });

  test('takes one of two that are opened at once', async () => {
    const outcomes = await Promise.allSettled([openLogdir(folder.path), openLogdir(folder.path)]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    for (const outcome of outcomes) if (outcome.status === 'fulfilled') await outcome.value.close();
    expect((await eventFiles(folder.path)).length).toBe(1);
  });

  test('takes no second one of another process, until the first is closed', async () => {
    const other = await opener();
    expect(await other.open()).toBe('open');
    expect(await rejection(openLogdir(folder.path))).toMatchObject({
      message: expect.stringContaining(`(process ${other.pid} on ${hostname()} has a live writer`),
    });
    await other.end('close');
    await (await openLogdir(folder.path)).close();
    expect((await eventFiles(folder.path)).length).toBe(2);
  });

  test('is free at once when the process of the writer is killed', async () => {
    const other = await opener();
    await other.open();
    await other.end('kill');
    expect(await readdir(folder.path)).toContain('.tensorboard-writer.lock');
    await (await openLogdir(folder.path)).close();
  });

  test('is free when the writer is closed, with no file left of the lock', async () => {
    for (let i = 0; i < 2; i++) await (await openLogdir(folder.path)).close();
    expect(await readdir(folder.path)).toEqual(await eventFiles(folder.path));
  });
});

describe('a lock that a crash left', () => {
  const here = ourselves();
  const elsewhere = JSON.stringify({ ...here, host: 'elsewhere' });

  test.each([
    ['of another machine, renewed just now', elsewhere, 100, 'process \\d+ on elsewhere'],
    ['that was cut off, made just now', '{"host":', 100, 'a process'],
    ['of another container with our name', JSON.stringify({ ...here, pidNamespace: 'x' }), 100, ''],
  ])('%s, holds', async (_, text, seconds, who) => {
    await leaveLock(text, seconds);
    expect(await rejection(openLogdir(folder.path))).toMatchObject({
      message: expect.stringMatching(`\\(.*${who} .*has a live writer there`),
    });
    expect(await readFile(lockFile(), 'utf8')).toBe(text);
  });

  test.each([
    ['of another machine, not renewed for two minutes', elsewhere, 121],
    ['that was cut off two minutes ago', '', 121],
    ['that something else has overwritten', 'null', 121],
    ['of a process whose id we have now', JSON.stringify({ ...here, started: '1' }), 0],
  ])('%s, is taken over', async (_, text, seconds) => {
    await leaveLock(text, seconds);
    await (await openLogdir(folder.path)).close();
    expect(await readdir(folder.path)).toEqual(await eventFiles(folder.path));
  });

  test('is taken over by one of many processes', async () => {
    await leaveLock(JSON.stringify({ ...here, started: '1' }), 0);
    const openers = await Promise.all(Array.from({ length: 6 }, opener));
    const said = await Promise.all(openers.map((one) => one.open()));
    expect(said.filter((line) => line === 'open').length).toBe(1);
    await Promise.all(openers.map((one) => one.end('close')));
    expect(await readdir(folder.path)).toEqual(await eventFiles(folder.path));
    expect((await eventFiles(folder.path)).length).toBe(1);
  });
});

describe('the lock of a live writer', () => {
  test('is renewed while it is open', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const writer = await openLogdir(folder.path);
    await utimes(lockFile(), 5, 5);
    vi.advanceTimersByTime(15_000);
    expect(Date.now() - (await stat(lockFile())).mtimeMs).toBeLessThan(10_000);
    await writer.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is not removed by the close where somebody else has it by now', async () => {
    const writer = await openLogdir(folder.path);
    await writeFile(lockFile(), 'of somebody else');
    await writer.close();
    expect(await readFile(lockFile(), 'utf8')).toBe('of somebody else');
  });
});
