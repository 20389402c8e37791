import { afterEach, describe, expect, test, vi } from 'vitest';
import { SummaryWriter } from '@unroll/tensorboard-writer';
import { MemorySink } from './memory-sink.js';
import { settle } from './settle.js';

const steps = (count: number): number[] => Array.from({ length: count }, (_, step) => step);

const timeouts = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;

afterEach(() => {
  vi.useRealTimers();
});

describe('the queue of a SummaryWriter', () => {
  test('holds back events until there are maxQueue of them', async () => {
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink, { maxQueue: 3 });
    writer.scalar('a', 1, 0);
    await settle();
    expect(sink.calls).toEqual([]);
    writer.scalar('a', 2, 1);
    await settle();
    expect(sink.calls).toEqual(['write']);
    expect(sink.scalars).toEqual([
      ['a', 1, 0],
      ['a', 2, 1],
    ]);
    await writer.close();
  });

  test('of one passes every event on at once', async () => {
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink, { maxQueue: 1 });
    await settle();
    writer.scalar('a', 1, 0);
    await settle();
    expect(sink.writes.length).toBe(2);
    await writer.close();
  });

  test('writes whole records only, and never two writes at a time', async () => {
    const sink = new MemorySink();
    const release = sink.hold();
    const writer = new SummaryWriter(sink, { maxQueue: 2 });
    for (const step of steps(9)) {
      writer.scalar('a', step, step);
      // oxlint-disable-next-line no-await-in-loop -- the writes have to get their chance
      await settle();
    }
    expect(sink.calls).toEqual(['write']);
    release();
    await writer.close();
    expect(sink.scalars).toEqual(steps(9).map((step) => ['a', step, step]));
    expect(sink.calls).toEqual(['write', 'write', 'flush', 'close']);
  });

  test('keeps the order of many scalars', async () => {
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink);
    for (const step of steps(20_000)) {
      writer.scalar(`tag/${step % 3}`, step / 2, step);
      // oxlint-disable-next-line no-await-in-loop -- the writes have to get their chance
      if (step % 1000 === 0) await settle();
    }
    await writer.close();
    expect(sink.scalars).toEqual(steps(20_000).map((step) => [`tag/${step % 3}`, step / 2, step]));
  });

  test('is empty, and the sink flushed, when flush resolves', async () => {
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink);
    writer.scalar('a', 1, 0);
    await writer.flush();
    expect(sink.scalars).toEqual([['a', 1, 0]]);
    expect(sink.calls).toEqual(['write', 'flush']);
    await writer.flush();
    expect(sink.calls).toEqual(['write', 'flush', 'flush']);
    await writer.close();
  });

  test('is flushed flushSeconds after its first event, and again after the next one', async () => {
    vi.useFakeTimers();
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink, { flushSeconds: 2 });
    await vi.advanceTimersByTimeAsync(1999);
    writer.scalar('a', 1, 0);
    expect(sink.calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sink.calls).toEqual(['write', 'flush']);
    expect(sink.scalars).toEqual([['a', 1, 0]]);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(sink.calls).toEqual(['write', 'flush']);
    writer.scalar('a', 2, 1);
    await vi.advanceTimersByTimeAsync(2000);
    expect(sink.calls).toEqual(['write', 'flush', 'write', 'flush']);
    await writer.close();
  });

  test('is flushed after 120 seconds by default', async () => {
    vi.useFakeTimers();
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink);
    await vi.advanceTimersByTimeAsync(119_999);
    expect(sink.calls).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sink.calls).toEqual(['write', 'flush']);
    await writer.close();
  });

  test('can wait for ever', async () => {
    vi.useFakeTimers();
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink, { flushSeconds: Infinity });
    await vi.advanceTimersByTimeAsync(86_400_000);
    expect(sink.calls).toEqual([]);
    await writer.close();
  });

  test('has a timer that keeps no process alive', async () => {
    const before = timeouts();
    const writer = new SummaryWriter(new MemorySink());
    expect(timeouts()).toBe(before);
    await writer.close();
  });
});

describe('SummaryWriter.close', () => {
  test('writes what is pending, flushes and closes the sink', async () => {
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink);
    writer.scalar('a', 1, 0);
    await writer.close();
    expect(sink.scalars).toEqual([['a', 1, 0]]);
    expect(sink.calls).toEqual(['write', 'flush', 'close']);
  });

  test('waits for a write that is under way', async () => {
    const sink = new MemorySink();
    const release = sink.hold();
    const writer = new SummaryWriter(sink, { maxQueue: 1 });
    await settle();
    writer.scalar('a', 1, 0);
    const closed = writer.close();
    await settle();
    expect(sink.calls).toEqual(['write']);
    release();
    await closed;
    expect(sink.calls).toEqual(['write', 'write', 'flush', 'close']);
    expect(sink.scalars).toEqual([['a', 1, 0]]);
  });

  test('is harmless twice, at once and later', async () => {
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink);
    await Promise.all([writer.close(), writer.close()]);
    await writer.close();
    expect(sink.calls).toEqual(['write', 'flush', 'close']);
  });

  test('leaves nothing for a flush to do', async () => {
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink);
    void writer.close();
    await writer.flush();
    expect(sink.calls).toEqual(['write', 'flush', 'close']);
  });

  test('stops the timer', async () => {
    vi.useFakeTimers();
    const writer = new SummaryWriter(new MemorySink());
    expect(vi.getTimerCount()).toBe(1);
    await writer.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  test('is the end of writing', async () => {
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink);
    const closed = writer.close();
    expect(() => writer.scalar('a', 1, 0)).toThrow(
      new Error('SummaryWriter.scalar: expected an open writer, got a closed one'),
    );
    await closed;
    expect(sink.scalars).toEqual([]);
  });
});
