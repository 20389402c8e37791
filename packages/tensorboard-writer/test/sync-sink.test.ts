import { describe, expect, test } from 'vitest';
import { SummaryWriter } from '@unroll/tensorboard-writer';
import { MemorySink, SyncMemorySink } from './memory-sink.js';
import { rejection } from './rejection.js';

describe('SummaryWriter.flushSync', () => {
  test('has everything in the sink, and the sink flushed, when it returns', async () => {
    const sink = new SyncMemorySink();
    const writer = new SummaryWriter(sink);
    writer.scalar('a', 1, 0);
    writer.flushSync();
    expect(sink.calls).toEqual(['writeSync', 'flushSync']);
    expect(sink.scalars).toEqual([['a', 1, 0]]);
    await writer.close();
    expect(sink.calls).toEqual(['writeSync', 'flushSync', 'flush', 'close']);
  });

  test('has the files beside the event file, too, each once', async () => {
    const sink = new SyncMemorySink();
    const writer = new SummaryWriter(sink);
    writer.embedding('words', { data: [1, 2], shape: [2, 1] }, 7);
    writer.flushSync();
    expect(sink.calls).toEqual(['writeSync', 'writeFileSync', 'writeFileSync', 'flushSync']);
    await writer.close();
    expect(sink.calls.slice(4)).toEqual(['flush', 'close']);
    expect([...sink.files.keys()]).toEqual(['projector-words-00007.tsv', 'projector_config.pbtxt']);
  });

  test('does nothing on a closed writer', async () => {
    const sink = new SyncMemorySink();
    const writer = new SummaryWriter(sink);
    await writer.close();
    writer.flushSync();
    expect(sink.calls).toEqual(['write', 'flush', 'close']);
  });

  test('writes what a close has not written yet', async () => {
    const sink = new SyncMemorySink();
    const writer = new SummaryWriter(sink);
    writer.scalar('a', 1, 0);
    const closed = writer.close();
    writer.flushSync();
    expect(sink.scalars).toEqual([['a', 1, 0]]);
    await closed;
    expect(sink.scalars).toEqual([['a', 1, 0]]);
  });

  test('refuses a sink that cannot do it', async () => {
    const writer = new SummaryWriter(new MemorySink());
    expect(() => writer.flushSync()).toThrow(
      new TypeError('SummaryWriter.flushSync: expected a sink with writeSync, got one without'),
    );
    await writer.close();
  });

  test.each(['writeSync', 'flushSync'] as const)('throws where %s fails', async (operation) => {
    const sink = new SyncMemorySink();
    const writer = new SummaryWriter(sink);
    sink.failing = { operation, error: new Error('ENOSPC') };
    const message = `SummaryWriter: sink.${operation}: expected it to succeed, got ENOSPC`;
    expect(() => writer.flushSync()).toThrow(message);
    expect(() => writer.flushSync()).toThrow(message);
    expect(() => writer.scalar('a', 1, 0)).toThrow(message);
    expect(await rejection(writer.close())).toMatchObject({ operation });
    expect(sink.calls.at(-1)).toBe('close');
  });
});

describe('a program that logs and never waits', () => {
  test('holds back a megabyte at most, where the sink can write at once', async () => {
    const sink = new SyncMemorySink();
    const writer = new SummaryWriter(sink);
    for (let step = 0; step < 60_000; step++) writer.scalar('a', step, step);
    expect(sink.calls).toEqual(['writeSync', 'writeSync']);
    for (const { length } of sink.writes) expect(length).toBeLessThan(2 ** 20 + 100);
    await writer.close();
    const steps = sink.scalars.map((scalar) => (scalar as unknown[])[2]);
    expect(steps).toEqual(Array.from({ length: 60_000 }, (_, step) => step));
  });

  test('is not made to write where it asked for a longer queue', async () => {
    const sink = new SyncMemorySink();
    const writer = new SummaryWriter(sink, { maxQueue: 100_000 });
    for (let step = 0; step < 60_000; step++) writer.scalar('a', step, step);
    expect(sink.calls).toEqual([]);
    await writer.close();
    expect(sink.writes.length).toBe(1);
  });
});

describe('await using', () => {
  test('closes the writer at the end of the block', async () => {
    const sink = new MemorySink();
    {
      await using writer = new SummaryWriter(sink);
      writer.scalar('a', 1, 0);
    }
    expect(sink.scalars).toEqual([['a', 1, 0]]);
    expect(sink.calls).toEqual(['write', 'flush', 'close']);
  });

  test('tells of a sink that fails', async () => {
    const sink = new MemorySink();
    sink.failing = { operation: 'write', error: new Error('ENOSPC') };
    const block = async (): Promise<void> => {
      await using writer = new SummaryWriter(sink);
      writer.scalar('a', 1, 0);
    };
    expect(await rejection(block())).toMatchObject({ name: 'EventSinkError' });
  });
});
