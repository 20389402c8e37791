import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SummaryWriter } from '@unroll/tensorboard-writer';
import golden from './goldens/scalars.json' with { type: 'json' };
import { MemorySink } from './memory-sink.js';
import { readRecords } from './read-events.js';

const fromPython: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, '-inf': -Infinity };

async function writeScalars(): Promise<Uint8Array> {
  const sink = new MemorySink();
  const writer = new SummaryWriter(sink);
  for (const { tag, value, step, wallTime } of golden.scalars) {
    writer.scalar(tag, fromPython[value] ?? Number(value), step, { wallTime });
  }
  await writer.close();
  return sink.bytes;
}

describe("TensorBoard's own Python writer (test/goldens/make_scalars.py)", () => {
  beforeEach(() => {
    vi.useFakeTimers({ now: golden.fileVersionWallTime * 1000 });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  test('encodes each of our events in the same bytes', async () => {
    const events = readRecords(await writeScalars()).map((data) =>
      Buffer.from(data).toString('hex'),
    );
    expect(events).toEqual(golden.events);
  });

  test('writes the same file as we do', async () => {
    const file = readFileSync(new URL('goldens/scalars.tfevents', import.meta.url));
    expect(Buffer.from(await writeScalars()).equals(file)).toBe(true);
  });
});
