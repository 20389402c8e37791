import { describe, expect, test } from 'vitest';
import { EventSinkError, SummaryWriter } from '@unroll/tensorboard-writer';
import { MemorySink } from './memory-sink.js';
import { rejection } from './rejection.js';
import { settle } from './settle.js';

const diskFull = new Error('ENOSPC: no space left on device, write');

function failingWriter(): { sink: MemorySink; writer: SummaryWriter } {
  const sink = new MemorySink();
  sink.failing = { operation: 'write', error: diskFull };
  return { sink, writer: new SummaryWriter(sink, { maxQueue: 1 }) };
}

describe('a sink that fails to write', () => {
  const message =
    'SummaryWriter: sink.write: expected it to succeed, got ENOSPC: no space left on device, write';

  test('fails the flush', async () => {
    const { writer } = failingWriter();
    const error = await rejection(writer.flush());
    expect(error).toBeInstanceOf(EventSinkError);
    expect(error).toMatchObject({
      name: 'EventSinkError',
      message,
      operation: 'write',
      cause: diskFull,
    });
    await rejection(writer.close());
  });

  test('fails the close, which closes the sink all the same', async () => {
    const { sink, writer } = failingWriter();
    expect(await rejection(writer.close())).toMatchObject({ message });
    expect(sink.calls).toEqual(['write', 'close']);
  });

  test('in the background is thrown by the next scalar, and by each one after', async () => {
    const { writer } = failingWriter();
    await settle();
    expect(() => writer.scalar('a', 1, 0)).toThrow(message);
    expect(() => writer.scalar('a', 1, 1)).toThrow(message);
    await rejection(writer.close());
  });

  test('is not written to again, even where it would succeed', async () => {
    const { sink, writer } = failingWriter();
    writer.scalar('a', 1, 0);
    await rejection(writer.flush());
    sink.failing = undefined;
    expect(await rejection(writer.flush())).toMatchObject({ message });
    expect(await rejection(writer.close())).toMatchObject({ message });
    expect(sink.calls).toEqual(['write', 'close']);
    expect(sink.writes).toEqual([]);
  });

  test('gives every caller the same error', async () => {
    const { writer } = failingWriter();
    const errors = await Promise.all([
      rejection(writer.flush()),
      rejection(writer.flush()),
      rejection(writer.close()),
      rejection(writer.close()),
    ]);
    expect(new Set(errors).size).toBe(1);
  });

  test('may throw at once, and something that is no error', async () => {
    const writer = new SummaryWriter({
      write() {
        // oxlint-disable-next-line no-throw-literal -- what if a sink does?
        throw 'full';
      },
      flush() {},
      close() {},
    });
    expect(await rejection(writer.close())).toMatchObject({
      message: 'SummaryWriter: sink.write: expected it to succeed, got full',
      cause: 'full',
    });
  });
});

describe('a sink that fails later', () => {
  test('in its flush fails the flush and stops the writer', async () => {
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink);
    sink.failing = { operation: 'flush', error: new Error('EIO: i/o error, fdatasync') };
    const message =
      'SummaryWriter: sink.flush: expected it to succeed, got EIO: i/o error, fdatasync';
    expect(await rejection(writer.flush())).toMatchObject({ message, operation: 'flush' });
    expect(() => writer.scalar('a', 1, 0)).toThrow(message);
    expect(await rejection(writer.close())).toMatchObject({ message });
    expect(sink.calls).toEqual(['write', 'flush', 'close']);
  });

  test('in its close fails the close', async () => {
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink);
    sink.failing = { operation: 'close', error: new Error('EIO: i/o error, close') };
    expect(await rejection(writer.close())).toMatchObject({
      message: 'SummaryWriter: sink.close: expected it to succeed, got EIO: i/o error, close',
      operation: 'close',
    });
  });

  test('in its close as well as before tells what came first', async () => {
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink);
    sink.failing = { operation: 'write', error: diskFull };
    await rejection(writer.flush());
    sink.failing = { operation: 'close', error: new Error('EBADF') };
    expect(await rejection(writer.close())).toMatchObject({ operation: 'write', cause: diskFull });
  });
});
