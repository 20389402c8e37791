import '@tensorflow/tfjs-backend-cpu';
import {
  copyRegisteredKernels,
  registerBackend,
  removeBackend,
  setBackend,
  type Tensor,
  tensor,
  tensor1d,
  tidy,
} from '@tensorflow/tfjs-core';
import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import { expectNoLeak, expectRefusal } from '@unroll/testing';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type NumbersInput, SummaryWriter } from '@unroll/tensorboard-writer';
import type { Event } from '../src/messages/event.js';
import { decodeEvents, elementsOf, unfold } from './decode-events.js';
import { MemorySink, SyncMemorySink } from './memory-sink.js';
import { settle } from './settle.js';

/** Reads only by `data()`, and later, as WebGPU does. */
class LaterBackend extends MathBackendCPU {
  failing = false;

  override readSync(): never {
    throw new Error('no synchronous read');
  }

  override async read(dataId: object): Promise<Float32Array> {
    await new Promise((resolve) => {
      setTimeout(resolve, 5);
    });
    if (this.failing) throw new Error('device lost');
    return super.readSync(dataId) as Float32Array;
  }
}

let sink: MemorySink;
let writer: SummaryWriter;

beforeEach(() => {
  sink = new MemorySink();
  writer = new SummaryWriter(sink);
});

/** The events but the first, without their times. */
function written(): unknown[] {
  return decodeEvents(sink.bytes)
    .slice(1)
    .map((event) => unfold({ ...event, wallTime: 0 }));
}

function tagOf({ summary }: Event): string | undefined {
  return summary?.value[0]?.tag;
}

type Shape = readonly number[];
type Type = 'float32' | 'int32' | 'bool';

/** Logs one of each kind that takes numbers, which `of` makes. */
function logAll(of: (data: number[], shape: Shape, type?: Type) => NumbersInput): void {
  writer.histogram('histogram', of([1, 2, 3, 4, 5, 6], [2, 3]), 0);
  writer.image('image', of([0, 0.25, 0.5, 1], [2, 2]), 0);
  writer.images('images', of([0, 64, 300, -5], [2, 1, 2], 'int32'), 0);
  writer.images('list', [of([0, 1], [1, 2]), of([0.5, 0.75], [1, 2])], 0);
  writer.audio('audio', of([0, 0.5, -1], [3]), 0);
  const labels = of([0, 1, 1], [3], 'bool');
  writer.prCurve('pr', { labels, predictions: of([0.1, 0.5, 0.75], [3]) }, 0);
  const colors = of([255, 0, 0, 9, 8, 7], [2, 3], 'int32');
  writer.mesh('mesh', { vertices: of([0, 0, 0, 1, 1, 1], [2, 3]), colors }, 0);
  writer.embedding('embedding', of([1, 2, 3, 4], [2, 2]), 0, { images: of([0, 1], [2, 1, 1]) });
  writer.text('last', 'text', 0);
}

const plain = (data: number[], shape: Shape, type: Type = 'float32'): NumbersInput => ({
  data: type === 'int32' ? Int32Array.from(data) : Float32Array.from(data),
  shape,
});

/** What the same numbers come to without tensors. */
async function writtenPlain(): Promise<{ events: unknown[]; files: Map<string, Uint8Array> }> {
  logAll(plain);
  await writer.close();
  const result = { events: written(), files: sink.files };
  sink = new MemorySink();
  writer = new SummaryWriter(sink);
  return result;
}

describe('tensors', () => {
  beforeAll(() => setBackend('cpu'));

  test('are written as the same numbers are, and may be disposed right after the call', async () => {
    const { events, files } = await writtenPlain();
    await expectNoLeak(async () => {
      const made: Tensor[] = [];
      logAll((data, shape, type) => {
        const made1 = tensor(data, [...shape], type);
        made.push(made1);
        return made1;
      });
      for (const each of made) each.dispose();
      await writer.close();
    });
    expect(written()).toEqual(events);
    expect(sink.files).toEqual(files);
  });

  test("stay the caller's", async () => {
    const values = tensor1d([1, 2, 3]);
    writer.histogram('histogram', values, 0);
    await writer.close();
    expect(values.isDisposed).toBe(false);
    values.dispose();
  });

  test('of one number are scalars', async () => {
    await expectNoLeak(async () => {
      tidy(() => {
        writer.scalar('loss', tensor(0.25), 0);
        writer.scalars('accuracy', { train: tensor([[1]]), test: 0.5 }, 1);
      });
      await writer.close();
    });
    const [loss, accuracy] = decodeEvents(sink.bytes).slice(1);
    expect(loss?.summary?.value).toMatchObject([{ tag: 'loss', simpleValue: 0.25 }]);
    expect(accuracy?.summary?.value).toMatchObject([
      { tag: 'accuracy/train', simpleValue: 1 },
      { tag: 'accuracy/test', simpleValue: 0.5 },
    ]);
  });

  test('are refused where they do not fit, and none is left over', async () => {
    const two = tensor1d([1, 2]);
    expectRefusal(
      () => {
        writer.scalar('loss', two, 0);
      },
      RangeError,
      'SummaryWriter.scalar: value: expected a number or a tensor of one, got shape [2]',
    );
    two.dispose();
    expectRefusal(
      () => {
        writer.histogram('histogram', two, 0);
      },
      RangeError,
      'SummaryWriter.histogram: values: expected a live tensor, got a disposed one',
    );
    const words = tensor(['a', 'b']);
    expectRefusal(
      () => {
        writer.histogram('histogram', words, 0);
      },
      TypeError,
      'SummaryWriter.histogram: values: expected a tensor of real numbers, got one of string',
    );
    words.dispose();
    await writer.close();
    expect(written()).toEqual([]);
  });
});

describe('tensors that can be read later only', () => {
  let backend: LaterBackend;

  beforeAll(async () => {
    backend = new LaterBackend();
    registerBackend('later', () => backend);
    copyRegisteredKernels('cpu', 'later');
    await setBackend('later');
  });

  afterEach(() => {
    backend.failing = false;
  });

  afterAll(async () => {
    await setBackend('cpu');
    removeBackend('later');
  });

  test('are written in the order of the calls, though disposed right after', async () => {
    const { events, files } = await writtenPlain();
    await expectNoLeak(async () => {
      tidy(() => {
        logAll((data, shape, type) => tensor(data, [...shape], type));
      });
      await writer.close();
    });
    expect(written()).toEqual(events);
    expect(sink.files).toEqual(files);
  });

  test('keep the wall time of the call', async () => {
    const before = Date.now() / 1000;
    tidy(() => {
      writer.histogram('histogram', tensor1d([1, 2]), 0);
    });
    const after = Date.now() / 1000;
    await writer.close();
    const wallTime = decodeEvents(sink.bytes)[1]?.wallTime;
    expect(wallTime).toBeGreaterThanOrEqual(before);
    expect(wallTime).toBeLessThanOrEqual(after);
  });

  test('are not mixed up with arrays that the caller changes meanwhile', async () => {
    const predictions = Float32Array.of(0.25, 0.75);
    tidy(() => {
      writer.prCurve('pr', { labels: tensor1d([0, 1], 'bool'), predictions }, 0, {
        numThresholds: 2,
      });
    });
    predictions.fill(1);
    await writer.close();
    const value = decodeEvents(sink.bytes)[1]?.summary?.value[0];
    // At 1 nothing is positive any more.
    expect(value?.tensor && elementsOf(value.tensor)).toEqual([
      1, 0, 1, 0, 0, 1, 0, 1, 0.5, 0, 1, 0,
    ]);
  });

  test('are there after a flush', async () => {
    tidy(() => {
      writer.histogram('first', tensor1d([1]), 0);
    });
    writer.scalar('second', 1, 0);
    await writer.flush();
    expect(decodeEvents(sink.bytes).slice(1).map(tagOf)).toEqual(['first', 'second']);
    await writer.close();
  });

  test('that fail to come are told by the next flush, once, and nothing else is lost', async () => {
    backend.failing = true;
    await expectNoLeak(async () => {
      tidy(() => {
        writer.histogram('lost', tensor1d([1]), 0);
      });
      writer.scalar('kept', 1, 0);
      await expect(writer.flush()).rejects.toThrow('device lost');
    });
    await writer.close();
    expect(decodeEvents(sink.bytes).slice(1).map(tagOf)).toEqual(['kept']);
  });

  test('that fail to come are told by the next call, where no flush asked', async () => {
    backend.failing = true;
    tidy(() => {
      writer.histogram('lost', tensor1d([1]), 0);
    });
    await new Promise((resolve) => {
      setTimeout(resolve, 30);
    });
    expect(() => {
      writer.scalar('loss', 1, 0);
    }).toThrow('device lost');
    await writer.close();
  });

  test('that cannot be written when they are there are told by the next flush', async () => {
    const full = new SyncMemorySink();
    const release = full.hold();
    full.failing = { operation: 'writeSync', error: new Error('ENOSPC') };
    const held = new SummaryWriter(full, { maxQueue: 1 });
    await settle();
    // More than may wait, so that the number behind it has to be written at once.
    held.text('long', 'x'.repeat(2 ** 20), 0);
    held.scalar('loss', tensor(1), 0);
    const flushed = held.flush();
    await vi.waitFor(() => expect(full.calls).toContain('writeSync'));
    release();
    const expected = { name: 'EventSinkError', operation: 'writeSync' };
    await expect(flushed).rejects.toMatchObject(expected);
    await expect(held.close()).rejects.toMatchObject(expected);
  });

  test('that turn out not to fit are told by the close', async () => {
    tidy(() => {
      writer.prCurve('pr', { labels: tensor1d([0, 3], 'int32'), predictions: [0, 1] }, 0);
    });
    await expect(writer.close()).rejects.toThrow(
      'SummaryWriter.prCurve: labels: expected numbers 0 or 1, got 3 at 1',
    );
  });
});
