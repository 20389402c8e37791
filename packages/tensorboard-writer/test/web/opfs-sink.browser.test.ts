import { beforeEach, describe, expect, test } from 'vitest';
import { SummaryWriter } from '@unroll/tensorboard-writer';
import { openOPFSSink } from '@unroll/tensorboard-writer/web';
import { readEvents } from '../read-events.js';
import type { OPFSTask } from './opfs-worker.js';

async function stepsOf(file: Blob): Promise<number[]> {
  const events = readEvents(new Uint8Array(await file.arrayBuffer()));
  expect(events[0]).toMatchObject({ fileVersion: 'brain.Event:2' });
  return events.slice(1).map(({ step }) => step);
}

async function namesIn(directory: FileSystemDirectoryHandle): Promise<string[]> {
  const names: string[] = [];
  for await (const name of directory.keys()) names.push(name);
  return names.toSorted();
}

const embeddingFiles = ['projector-words-00000.tsv', 'projector_config.pbtxt'] as const;

async function embeddingIn(directory: FileSystemDirectoryHandle): Promise<string[]> {
  return Promise.all(
    embeddingFiles.map(async (name) => {
      const handle = await directory.getFileHandle(name);
      return (await handle.getFile()).text();
    }),
  );
}

/** The one that the worker and the page write in place of a longer one. */
const embedding = ['5\t6\n', expect.stringContaining('  tensor_shape: 1\n  tensor_shape: 2\n')];

const upTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

async function inWorker(task: OPFSTask): Promise<{ name: string; file: File }> {
  const worker = new Worker(new URL('opfs-worker.ts', import.meta.url), { type: 'module' });
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }) => resolve(data));
      worker.addEventListener('error', ({ message }) => reject(new Error(message)));
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's has none
      worker.postMessage(task);
    });
  } finally {
    worker.terminate();
  }
}

beforeEach(async () => {
  const root = await navigator.storage.getDirectory();
  for (const name of await namesIn(root)) await root.removeEntry(name, { recursive: true });
});

describe('openOPFSSink on a page', () => {
  test('makes a file that can be read after each flush, and has all after the close', async () => {
    const sink = await openOPFSSink('logs/run-1', { filenameSuffix: '.v2' });
    expect(sink.handle.name).toMatch(/^events\.out\.tfevents\.\d{10}\.page\.0\.\d+\.v2$/);
    const writer = new SummaryWriter(sink);
    for (let step = 1; step <= 100; step++) {
      writer.scalar('loss', step, step);
      if (step % 40 !== 0) continue;
      await writer.flush();
      expect(await stepsOf(await sink.handle.getFile())).toEqual(upTo(step));
    }
    await writer.close();
    expect(await stepsOf(await sink.handle.getFile())).toEqual(upTo(100));
    const root = await navigator.storage.getDirectory();
    const logdir = await (await root.getDirectoryHandle('logs')).getDirectoryHandle('run-1');
    expect(await namesIn(logdir)).toEqual([sink.handle.name]);
  });

  test('writes the files of an embedding beside the event file', async () => {
    const directory = await navigator.storage.getDirectory();
    const sink = await openOPFSSink(directory);
    const writer = new SummaryWriter(sink);
    writer.embedding('words', { data: [1, 2, 3, 4], shape: [2, 2] }, 0);
    await writer.flush();
    writer.embedding('words', { data: [5, 6], shape: [1, 2] }, 0);
    await writer.close();
    expect(await embeddingIn(directory)).toEqual(embedding);
    expect(await namesIn(directory)).toEqual([sink.handle.name, ...embeddingFiles]);
  });

  test('takes a directory, and names later files after earlier ones', async () => {
    const directory = await navigator.storage.getDirectory();
    const names: string[] = [];
    for (let i = 0; i < 12; i++) {
      const sink = await openOPFSSink(directory);
      await new SummaryWriter(sink).close();
      names.push(sink.handle.name);
    }
    expect(names).toEqual(names.toSorted());
    expect(await namesIn(directory)).toEqual(names);
  });

  test.each([
    ['no path', ['//'], RangeError, 'openOPFSSink: logdir: expected a path, got "//"'],
    [
      'a suffix that leads elsewhere',
      ['logs', { filenameSuffix: '/a' }],
      RangeError,
      'openOPFSSink: filenameSuffix: expected a string without path separators, got "/a"',
    ],
    [
      'a suffix that is no string',
      ['logs', { filenameSuffix: 1 }],
      TypeError,
      'openOPFSSink: filenameSuffix: expected a string without path separators, got 1',
    ],
  ])('refuses %s', async (_, args, type, message) => {
    const open = openOPFSSink as (...args: unknown[]) => Promise<unknown>;
    const error: unknown = await open(...args).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ message });
    expect(await namesIn(await navigator.storage.getDirectory())).toEqual([]);
  });

  test('tells of a file in the way', async () => {
    const root = await navigator.storage.getDirectory();
    await root.getFileHandle('logs', { create: true });
    await expect(openOPFSSink('logs/a')).rejects.toThrow(DOMException);
  });

  test('tells of a directory that is gone by the next call', async () => {
    const root = await navigator.storage.getDirectory();
    const writer = new SummaryWriter(await openOPFSSink('logs'));
    await root.removeEntry('logs', { recursive: true });
    await expect(writer.flush()).rejects.toMatchObject({ name: 'EventSinkError' });
    await expect(writer.close()).rejects.toMatchObject({ name: 'EventSinkError' });
  });
});

describe('openOPFSSink in a worker', () => {
  test.each(['flush', 'flushSync', 'close'] as const)(
    'has everything in the file after a %s',
    async (end) => {
      const { name, file } = await inWorker({ logdir: 'logs', count: 50_000, end });
      expect(name).toMatch(/^events\.out\.tfevents\./);
      expect(await stepsOf(file)).toEqual(upTo(50_000));
    },
  );

  test('writes the files of an embedding beside the event file', async () => {
    const { name } = await inWorker({ logdir: 'logs', count: 1, end: 'close' });
    const root = await navigator.storage.getDirectory();
    const directory = await root.getDirectoryHandle('logs');
    expect(await embeddingIn(directory)).toEqual(embedding);
    expect(await namesIn(directory)).toEqual([name, ...embeddingFiles]);
  });

  test('leaves its file when it is ended', async () => {
    await inWorker({ logdir: 'logs', count: 1000, end: 'flush' });
    const root = await navigator.storage.getDirectory();
    const logdir = await root.getDirectoryHandle('logs');
    const [name = ''] = await namesIn(logdir);
    const handle = await logdir.getFileHandle(name);
    expect(await stepsOf(await handle.getFile())).toEqual(upTo(1000));
  });
});
