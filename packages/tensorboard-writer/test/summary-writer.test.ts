import * as fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { SummaryWriter } from '@unroll/tensorboard-writer';
import { MemorySink } from './memory-sink.js';

afterEach(() => {
  vi.useRealTimers();
});

describe('SummaryWriter', () => {
  test('starts the file with its version, and with who writes it', async () => {
    vi.useFakeTimers({ now: 1_700_000_000_125 });
    const sink = new MemorySink();
    await new SummaryWriter(sink).close();
    expect(sink.events).toEqual([
      {
        wallTime: 1_700_000_000.125,
        step: 0,
        fileVersion: 'brain.Event:2',
        writer: '@unroll/tensorboard-writer',
      },
    ]);
  });

  test('writes a scalar with its tag, value and step, and the wall time that it is given', async () => {
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink);
    writer.scalar('loss', 0.25, 7, { wallTime: 1.5 });
    await writer.close();
    expect(sink.events[1]).toEqual({ wallTime: 1.5, step: 7, tag: 'loss', value: 0.25 });
  });

  test('takes the wall time from the clock where none is given', async () => {
    vi.useFakeTimers({ now: 1_700_000_000_500 });
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink);
    writer.scalar('loss', 0.25, 7);
    vi.setSystemTime(1_700_000_001_250);
    writer.scalar('loss', 0.25, 8);
    await writer.close();
    expect(sink.events.map(({ wallTime }) => wallTime)).toEqual([
      1_700_000_000.5, 1_700_000_000.5, 1_700_000_001.25,
    ]);
  });

  test('keeps any tag, float, step and wall time as they are', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ minLength: 1, unit: 'binary' }),
        fc.float(),
        fc.maxSafeNat(),
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        async (tag, value, step, wallTime) => {
          const sink = new MemorySink();
          const writer = new SummaryWriter(sink);
          writer.scalar(tag, value, step, { wallTime });
          await writer.close();
          expect(sink.events[1]).toEqual({ wallTime, step, tag, value });
        },
      ),
    );
  });

  test('rounds a value to the nearest float32, past its range to an infinity', async () => {
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink);
    for (const value of [0.1, 3.4028235e38, 1e39, -1e39, Number.MIN_VALUE]) {
      writer.scalar('value', value, 0);
    }
    await writer.close();
    expect(sink.events.slice(1).map(({ value }) => value)).toEqual([
      0.10000000149011612,
      3.4028234663852886e38,
      Infinity,
      -Infinity,
      0,
    ]);
  });

  test('writes NaN and the infinities', async () => {
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink);
    writer.scalar('loss', NaN, 0);
    writer.scalar('loss', Infinity, 1);
    writer.scalar('loss', -Infinity, 2);
    await writer.close();
    expect(sink.scalars).toEqual([
      ['loss', NaN, 0],
      ['loss', Infinity, 1],
      ['loss', -Infinity, 2],
    ]);
  });

  test('can be handed over as the little interface that a trainer asks for', async () => {
    interface ScalarLog {
      scalar(tag: string, value: number, step: number): void;
      flush(): Promise<void>;
      close(): Promise<void>;
    }
    const sink = new MemorySink();
    const log: ScalarLog = new SummaryWriter(sink);
    log.scalar('loss', 1, 0);
    await log.flush();
    expect(sink.scalars).toEqual([['loss', 1, 0]]);
    await log.close();
  });
});

describe('what SummaryWriter.scalar refuses', () => {
  const bad: [what: string, args: unknown[], error: Error][] = [
    [
      'no tag',
      [undefined, 1, 0],
      new TypeError('SummaryWriter.scalar: tag: expected a non-empty string, got undefined'),
    ],
    [
      'an empty tag',
      ['', 1, 0],
      new RangeError('SummaryWriter.scalar: tag: expected a non-empty string, got ""'),
    ],
    [
      'half a surrogate pair',
      ['a\ud800', 1, 0],
      new RangeError(
        String.raw`SummaryWriter.scalar: tag: expected well-formed Unicode, got "a\ud800"`,
      ),
    ],
    [
      'a value in a string',
      ['a', '1', 0],
      new TypeError('SummaryWriter.scalar: value: expected a number, got "1"'),
    ],
    [
      'a value in an array',
      ['a', [1, 2], 0],
      new TypeError('SummaryWriter.scalar: value: expected a number, got an array of 2'),
    ],
    [
      'a value in an object',
      ['a', { value: 1 }, 0],
      new TypeError('SummaryWriter.scalar: value: expected a number, got an object'),
    ],
    [
      'a function for a value',
      ['a', () => 1, 0],
      new TypeError('SummaryWriter.scalar: value: expected a number, got a function'),
    ],
    [
      'no step',
      ['a', 1],
      new TypeError(
        'SummaryWriter.scalar: step: expected a non-negative safe integer, got undefined',
      ),
    ],
    [
      'a step in a bigint',
      ['a', 1, 1n],
      new TypeError('SummaryWriter.scalar: step: expected a non-negative safe integer, got 1n'),
    ],
    [
      'a negative step',
      ['a', 1, -1],
      new RangeError('SummaryWriter.scalar: step: expected a non-negative safe integer, got -1'),
    ],
    [
      'a step with a fraction',
      ['a', 1, 0.5],
      new RangeError('SummaryWriter.scalar: step: expected a non-negative safe integer, got 0.5'),
    ],
    [
      'NaN for a step',
      ['a', 1, NaN],
      new RangeError('SummaryWriter.scalar: step: expected a non-negative safe integer, got NaN'),
    ],
    [
      'a step over 2^53 - 1',
      ['a', 1, 2 ** 53],
      new RangeError(
        'SummaryWriter.scalar: step: expected a non-negative safe integer, got 9007199254740992',
      ),
    ],
    [
      'NaN for a wall time',
      ['a', 1, 0, { wallTime: NaN }],
      new RangeError('SummaryWriter.scalar: wallTime: expected finite seconds since 1970, got NaN'),
    ],
    [
      'a Date for a wall time',
      ['a', 1, 0, { wallTime: new Date(0) }],
      new TypeError(
        'SummaryWriter.scalar: wallTime: expected finite seconds since 1970, got an object',
      ),
    ],
  ];

  test.each(bad)('%s', async (_, args, error) => {
    const sink = new MemorySink();
    const writer = new SummaryWriter(sink);
    const scalar = writer.scalar.bind(writer) as (...args: unknown[]) => void;
    expect(() => scalar(...args)).toThrow(error);
    expect(() => scalar(...args)).toThrow(error.constructor);
    await writer.close();
    expect(sink.scalars).toEqual([]);
  });
});

describe('the options that SummaryWriter refuses', () => {
  test.each([
    [{ maxQueue: 0 }, RangeError, 'SummaryWriter: maxQueue: expected a whole number from 1, got 0'],
    [
      { maxQueue: 1.5 },
      RangeError,
      'SummaryWriter: maxQueue: expected a whole number from 1, got 1.5',
    ],
    [
      { maxQueue: '9' },
      TypeError,
      'SummaryWriter: maxQueue: expected a whole number from 1, got "9"',
    ],
    [
      { flushSeconds: 0 },
      RangeError,
      'SummaryWriter: flushSeconds: expected a number of seconds over 0, got 0',
    ],
    [
      { flushSeconds: NaN },
      RangeError,
      'SummaryWriter: flushSeconds: expected a number of seconds over 0, got NaN',
    ],
    [
      { flushSeconds: null },
      TypeError,
      'SummaryWriter: flushSeconds: expected a number of seconds over 0, got null',
    ],
  ])('%o', (options, type, message) => {
    const make = (): unknown => new SummaryWriter(new MemorySink(), options as object);
    expect(make).toThrow(type);
    expect(make).toThrow(message);
  });
});
