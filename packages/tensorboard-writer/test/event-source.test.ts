import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import {
  EventFormatError,
  type EventSource,
  readEvents,
  SummaryWriter,
} from '@unroll/tensorboard-writer';
import { encodeRecord } from '../src/records/encode-record.js';
import { collect } from './collect.js';
import { MemorySink } from './memory-sink.js';
import { rejection } from './rejection.js';

const file = new Uint8Array(readFileSync(new URL('goldens/scalars.tfevents', import.meta.url)));

function* pieces(size: number): Generator<Uint8Array> {
  for (let at = 0; at < file.length; at += size) yield file.subarray(at, at + size);
}

async function* slowPieces(): AsyncGenerator<Uint8Array> {
  for (const piece of pieces(50)) {
    await turn();
    yield piece;
  }
}

describe('readEvents', () => {
  const sources: [string, EventSource][] = [
    ['bytes', file],
    ['a Buffer', Buffer.from(file)],
    ['a part of a larger array', Uint8Array.of(9, ...file, 9).subarray(1, -1)],
    ['an ArrayBuffer', file.buffer],
    ['a Blob', new Blob([file])],
    ['a File', new File([file.subarray(0, 100), file.subarray(100)], 'events.out.tfevents.1')],
    ['a stream of the web', new Blob([file]).stream()],
    ['a stream of Node', Readable.from(pieces(70))],
    ['an iterator', pieces(1)],
    ['an asynchronous iterator', slowPieces()],
    ['an array of pieces', [...pieces(13)]],
  ];

  test.each(sources)('reads %s', async (_, source) => {
    const events = await collect(readEvents(source));
    expect(events.map(({ step }) => step)).toEqual([
      0,
      0,
      1,
      127,
      128,
      16384,
      2 ** 31,
      2 ** 32 + 1,
      2 ** 53 - 1,
      10,
      11,
    ]);
    expect(events[0]).toEqual({
      wallTime: 1700000000.125,
      step: 0,
      fileVersion: 'brain.Event:2',
      sourceMetadata: { writer: '@unroll/tensorboard-writer' },
    });
    expect(events[6]?.summary?.value).toMatchObject([
      { tag: 'überprüfung/損失/🙂', simpleValue: Math.fround(-123456.789) },
    ]);
  });

  test('reads what SummaryWriter writes', async () => {
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink);
    writer.scalar('loss', 0.5, 3, { wallTime: 7 });
    await writer.close();
    const [, event] = await collect(readEvents(sink.bytes));
    expect(event).toMatchObject({
      wallTime: 7,
      step: 3,
      summary: { value: [{ tag: 'loss', simpleValue: 0.5 }] },
    });
  });

  test('cancels a stream that is not read to its end, and leaves it unlocked', async () => {
    let cancelled = 0;
    const stream = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(file),
      cancel: () => void cancelled++,
    });
    for await (const _ of readEvents(stream)) break;
    expect([cancelled, stream.locked]).toEqual([1, false]);
  });

  test.each([
    ['a path', 'events.out.tfevents.1', 'expected bytes, got "events.out.tfevents.1"'],
    ['nothing', undefined, 'expected bytes, got undefined'],
    ['numbers', [1, 2], 'expected pieces of bytes, got 1'],
    ['a stream of text', Readable.from(['text']), 'expected pieces of bytes, got "text"'],
  ])('refuses %s', async (_, source, message) => {
    const error = await rejection(collect(readEvents(source as EventSource)));
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ message: `readEvents: source: ${message}` });
  });

  test.each([
    ['a field that is none', [0x07], 'illegal tag: field no 0 wire type 7'],
    ['a field that is cut off', [0x09, 1, 2], 'Offset is outside the bounds of the DataView'],
    ['a message that ends within a field', [0x2a, 1, 0x0a], 'premature EOF'],
    ['a length that leads out', [0x2a, 0xff, 0xff, 0xff, 0xff, 0x0f], 'premature EOF'],
  ])('names the record of %s', async (_, data, reason) => {
    const source = [file, encodeRecord(Uint8Array.from(data))];
    const error = await rejection(collect(readEvents(source)));
    expect(error).toBeInstanceOf(EventFormatError);
    expect(error).toMatchObject({
      message: `readEvents: record at byte ${file.length}: expected an event, got ${data.length} bytes that are none (${reason})`,
      offset: file.length,
      cause: { message: reason },
    });
  });
});
