import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readlink,
  rm,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EventFormatError, type TornTail } from '@unroll/tensorboard-writer';
import {
  type FollowOptions,
  openLogdir,
  readEvents,
  readScalars,
  readSummaries,
} from '@unroll/tensorboard-writer/node';
import { event } from '../src/messages/event.js';
import { encodeMessage } from '../src/protobuf/encode-message.js';
import { encodeRecord } from '../src/records/encode-record.js';
import { joinRecords } from '../src/records/join-records.js';
import { collect } from './collect.js';
import { rejection } from './rejection.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-follow-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

function record(step: number): Uint8Array<ArrayBuffer> {
  return encodeRecord(encodeMessage(event, { step, wallTime: 1 }));
}

function recordsOf(...steps: number[]): Uint8Array<ArrayBuffer> {
  return joinRecords(steps.map(record));
}

const first = 'events.out.tfevents.0000000001.host.1.0';
const second = 'events.out.tfevents.0000000002.host.1.0';

async function stepsOf(path: string, options?: FollowOptions): Promise<number[]> {
  return (await collect(readEvents(path, options))).map(({ step }) => step);
}

describe('readEvents of a path', () => {
  test("reads a run's event files in the order of their names, and no others", async () => {
    await writeFile(join(folder, second), recordsOf(3, 4));
    await writeFile(join(folder, first), recordsOf(1, 2));
    await writeFile(join(folder, 'notes.txt'), 'no events');
    await mkdir(join(folder, 'below'));
    await writeFile(join(folder, 'below', first), recordsOf(5));
    expect(await stepsOf(folder)).toEqual([1, 2, 3, 4]);
    expect(await stepsOf(join(folder, second))).toEqual([3, 4]);
  });

  test('reads a file of any name', async () => {
    await writeFile(join(folder, 'log'), recordsOf(1));
    expect(await stepsOf(join(folder, 'log'))).toEqual([1]);
  });

  test('goes on to the next file where one ends within a record, and tells of it', async () => {
    const tails: TornTail[] = [];
    await writeFile(join(folder, first), recordsOf(1, 2).subarray(0, -5));
    await writeFile(join(folder, second), recordsOf(3));
    expect(await stepsOf(folder, { onTail: (tail) => tails.push(tail) })).toEqual([1, 3]);
    const { length } = record(1);
    expect(tails).toEqual([{ offset: length, bytes: length - 5, path: join(folder, first) }]);
  });

  test('names the file of a record that is wrong', async () => {
    const bytes = recordsOf(1, 2, 3);
    bytes[record(1).length + 15]! ^= 1;
    const path = join(folder, first);
    await writeFile(path, bytes);
    const error = await rejection(stepsOf(folder));
    expect(error).toBeInstanceOf(EventFormatError);
    expect(error).toMatchObject({ path, offset: record(1).length });
    expect(String(error)).toMatch(`readEvents: ${path}: record at byte ${record(1).length}: `);
  });

  test('reads a file that is larger than one read, with records that are', async () => {
    const large = encodeRecord(
      encodeMessage(event, { step: 2, graphDef: new Uint8Array(700_000).fill(7) }),
    );
    await writeFile(join(folder, first), joinRecords([record(1), large, record(3)]));
    expect(await stepsOf(folder)).toEqual([1, 2, 3]);
  });

  test('gives nothing of a directory without event files', async () => {
    expect(await stepsOf(folder)).toEqual([]);
  });

  test.each([
    ['a path that is not there', 'nothing', Error, /^ENOENT/],
    ['no path', undefined, TypeError, /^readEvents: path: expected a path, got undefined$/],
    ['an empty path', '', RangeError, /^readEvents: path: expected a path, got ""$/],
  ])('refuses %s', async (_, path, type, message) => {
    const error = await rejection(stepsOf(path as string));
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject({ message: expect.stringMatching(message) });
  });

  test('refuses a signal that is none, by which it would never end', async () => {
    const options = { follow: true, signal: new AbortController() as never };
    expect(await rejection(stepsOf(folder, options))).toMatchObject({
      name: 'TypeError',
      message: 'readEvents: signal: expected an AbortSignal, got an object',
    });
  });

  test.each([0, -1, Infinity, NaN])('refuses %d seconds between two looks', async (pollSeconds) => {
    expect(await rejection(stepsOf(folder, { pollSeconds }))).toMatchObject({
      name: 'RangeError',
      message: `readEvents: pollSeconds: expected a number of seconds over 0, got ${pollSeconds}`,
    });
  });
});

test('a reader says whose argument is wrong', async () => {
  expect(await rejection(readScalars(''))).toMatchObject({
    message: 'readScalars: logdir: expected a path, got ""',
  });
  expect(await rejection(collect(readSummaries('')))).toMatchObject({
    message: 'readSummaries: path: expected a path, got ""',
  });
});

const eventually = (assertion: () => void): Promise<void> =>
  vi.waitFor(assertion, { timeout: 4000, interval: 5 });

/** Steps that are read while a run is written, and how to end. */
function follow(
  path: string,
  options: FollowOptions = {},
): { steps: number[]; end: () => Promise<void> } {
  const steps: number[] = [];
  const controller = new AbortController();
  const { signal } = controller;
  const reading = (async () => {
    const events = readEvents(path, { follow: true, pollSeconds: 0.01, signal, ...options });
    for await (const { step } of events) steps.push(step);
  })();
  const end = async (): Promise<void> => {
    controller.abort();
    await reading;
  };
  return { steps, end };
}

describe('readEvents of a path, with follow', () => {
  test('reads on while a file grows, and waits at half a record until it is whole', async () => {
    const path = join(folder, first);
    await writeFile(path, recordsOf(1));
    const { steps, end } = follow(folder);
    await eventually(() => expect(steps).toEqual([1]));
    const bytes = recordsOf(2, 3);
    for (const byte of bytes) await appendFile(path, Uint8Array.of(byte));
    await eventually(() => expect(steps).toEqual([1, 2, 3]));
    await end();
  });

  test('goes on to a new file, after what the one before still got', async () => {
    await writeFile(join(folder, first), recordsOf(1));
    const { steps, end } = follow(folder);
    await eventually(() => expect(steps).toEqual([1]));
    await appendFile(join(folder, first), recordsOf(2));
    await writeFile(join(folder, second), recordsOf(3));
    await eventually(() => expect(steps).toEqual([1, 2, 3]));
    await end();
  });

  test('waits for the first file of a directory', async () => {
    const { steps, end } = follow(folder);
    await writeFile(join(folder, first), recordsOf(1));
    await eventually(() => expect(steps).toEqual([1]));
    await end();
  });

  test('reads a tail anew that was cut off and written otherwise', async () => {
    const path = join(folder, first);
    await writeFile(path, joinRecords([record(1), record(2).subarray(0, 20)]));
    const { steps, end } = follow(path);
    await eventually(() => expect(steps).toEqual([1]));
    await truncate(path, record(1).length);
    await appendFile(path, recordsOf(3));
    await eventually(() => expect(steps).toEqual([1, 3]));
    await end();
  });

  test('reads what a writer logs', async () => {
    const writer = await openLogdir(folder);
    const controller = new AbortController();
    const { signal } = controller;
    const values: unknown[] = [];
    await log(0);
    for await (const summary of readSummaries(folder, {
      follow: true,
      pollSeconds: 0.01,
      signal,
    })) {
      values.push(summary.kind === 'scalar' && summary.value);
      if (values.length === 3) controller.abort();
      else await log(values.length);
    }
    expect(values).toEqual([0, 1, 2]);
    await writer.close();

    async function log(value: number): Promise<void> {
      writer.scalar('a', value, value);
      await writer.flush();
    }
  });

  test('ends at once by its signal, without an error, and leaves no file open', async () => {
    await writeFile(join(folder, first), recordsOf(1));
    const before = await openFiles();
    const { steps, end } = follow(folder, { pollSeconds: 1000 });
    await eventually(() => expect(steps).toEqual([1]));
    await end();
    expect(await openFiles()).toBe(before);
    expect(await stepsOf(folder, { follow: true, signal: AbortSignal.abort() })).toEqual([]);
  });

  test('leaves no file open where the loop around it ends first', async () => {
    await writeFile(join(folder, first), recordsOf(1, 2));
    const before = await openFiles();
    for await (const _ of readEvents(folder, { follow: true })) break;
    expect(await openFiles()).toBe(before);
  });
});

/** How many files of the folder this process has open; 0 where the system does not tell. */
async function openFiles(): Promise<number> {
  const numbers = await readdir('/proc/self/fd').catch(() => []);
  const paths = await Promise.all(
    numbers.map((number) => readlink(`/proc/self/fd/${number}`).catch(() => '')),
  );
  return paths.filter((path) => path.startsWith(folder)).length;
}
