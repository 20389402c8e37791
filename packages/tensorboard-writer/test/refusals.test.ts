import { describe, expect, test } from 'vitest';
import { SummaryWriter } from '@unroll/tensorboard-writer';
import { decodeEvents } from './decode-events.js';
import { MemorySink } from './memory-sink.js';
import { refusedNumbers } from './refusals/refused-numbers.js';
import { refusedOthers } from './refusals/refused-others.js';

describe('what a SummaryWriter refuses, and writes nothing of', () => {
  test.each([...refusedNumbers, ...refusedOthers])(
    '%s(...%j): %o %s',
    async (method, args, type, message) => {
      const sink = new MemorySink();
      const writer = new SummaryWriter(sink);
      const call = writer[method] as (this: SummaryWriter, ...args: unknown[]) => void;
      let thrown: unknown;
      try {
        call.apply(writer, args);
      } catch (error) {
        thrown = error;
      }
      expect(thrown).toBeInstanceOf(type);
      expect((thrown as Error).message).toBe(`SummaryWriter.${method}: ${message}`);
      await writer.close();
      expect(decodeEvents(sink.bytes).length).toBe(1);
      expect(sink.files.size).toBe(0);
    },
  );

  test('a second set of hyperparameters, which TensorBoard would not see', async () => {
    const writer = new SummaryWriter(new MemorySink());
    writer.hparams({ lr: 1 });
    expect(() => {
      writer.hparams({ lr: 2 });
    }).toThrow('SummaryWriter.hparams: expected one call for each writer, got another');
    writer.endSession();
    expect(() => {
      writer.endSession();
    }).toThrow('SummaryWriter.endSession: expected a session that runs, got one that ended');
    await writer.close();
  });

  test('an embedding where the sink writes no files', async () => {
    const writer = new SummaryWriter({ write() {}, flush() {}, close() {} });
    expect(() => {
      writer.embedding('a', { data: [1, 2], shape: [1, 2] }, 0);
    }).toThrow('SummaryWriter.embedding: expected a sink with writeFile, got one without');
    await writer.close();
  });

  test.each([
    ['a path', 'logs', '"logs"'],
    ['nothing', undefined, 'undefined'],
    ['a Node stream', { write() {}, end() {} }, 'one without flush'],
  ])('%s in place of a sink', (_, sink, got) => {
    expect(() => new SummaryWriter(sink as never)).toThrow(
      new TypeError(`SummaryWriter: sink: expected an object with write, flush, close, got ${got}`),
    );
  });

  test('anything on a closed writer', async () => {
    const writer = new SummaryWriter(new MemorySink());
    await writer.close();
    expect(() => {
      writer.text('a', 'b', 0);
    }).toThrow('SummaryWriter.text: expected an open writer, got a closed one');
  });
});
