import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { SummaryWriter } from '@unroll/tensorboard-writer';
import { DownloadSink, streamSink } from '@unroll/tensorboard-writer/web';
import { readEvents } from './read-events.js';
import { rejection } from './rejection.js';
import { temporaryFolder } from './temporary-folder.js';

const folder = temporaryFolder();

describe('streamSink', () => {
  test('hands a stream the events in whole records, and closes it with the writer', async () => {
    const chunks: Uint8Array[] = [];
    let closed = false;
    const stream = new WritableStream<Uint8Array>({
      write: (chunk) => void chunks.push(chunk),
      close: () => {
        closed = true;
      },
    });
    const writer = new SummaryWriter(streamSink(stream));
    writer.scalar('a', 1, 1);
    await writer.flush();
    expect(chunks.flatMap((chunk) => readEvents(chunk)).length).toBe(2);
    writer.scalar('a', 2, 2);
    expect(closed).toBe(false);
    await writer.close();
    expect(closed).toBe(true);
    expect(chunks.flatMap((chunk) => readEvents(chunk)).map(({ step }) => step)).toEqual([0, 1, 2]);
  });

  test("writes to Node's older streams", async () => {
    const path = join(folder.path, 'a.tfevents');
    const writer = new SummaryWriter(streamSink(Writable.toWeb(createWriteStream(path))));
    for (let step = 1; step <= 20_000; step++) writer.scalar('a', step, step);
    await writer.close();
    expect(readEvents(await readFile(path)).length).toBe(20_001);
  });

  test('tells of a stream that fails by the next call', async () => {
    const stream = new WritableStream<Uint8Array>({
      write() {
        throw new Error('the other side hung up');
      },
    });
    const writer = new SummaryWriter(streamSink(stream));
    const message = 'SummaryWriter: sink.write: expected it to succeed, got the other side hung up';
    expect(await rejection(writer.flush())).toMatchObject({ message });
    expect(() => writer.scalar('a', 1, 1)).toThrow(message);
    expect(await rejection(writer.close())).toMatchObject({ message });
  });

  test('refuses a stream that somebody else writes to', () => {
    const stream = new WritableStream<Uint8Array>();
    stream.getWriter();
    expect(() => streamSink(stream)).toThrow(TypeError);
  });
});

describe('what DownloadSink refuses', () => {
  test('a suffix that leads elsewhere', () => {
    expect(() => new DownloadSink({ filenameSuffix: '../a' })).toThrow(
      new RangeError(
        'DownloadSink: filenameSuffix: expected a string without path separators, got "../a"',
      ),
    );
  });
});
