import { describe, expect, test } from 'vitest';
import { SummaryWriter } from '@unroll/tensorboard-writer';
import { event } from '../src/messages/event.js';
import { decodeMessage } from '../src/protobuf/decode-message.js';
import { decodeEvents, unfold } from './decode-events.js';
import golden from './goldens/kinds.json' with { type: 'json' };
import { MemorySink } from './memory-sink.js';

const fromPython: Readonly<Record<string, number>> = {
  nan: NaN,
  inf: Infinity,
  '-inf': -Infinity,
  False: 0,
  True: 1,
};

const arrayTypes = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint8: Uint8Array,
  bool: Uint8Array,
} as const;

interface PythonArray {
  readonly type: keyof typeof arrayTypes;
  readonly data: readonly string[];
  readonly shape: readonly number[];
}

/** The arrays of Python, anywhere in an argument, as `{ data, shape }`. */
function argumentOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(argumentOf);
  if ('type' in value && 'shape' in value) {
    const { type, data, shape } = value as PythonArray;
    return {
      data: arrayTypes[type].from(data.map((text) => fromPython[text] ?? Number(text))),
      shape,
    };
  }
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, argumentOf(part)]));
}

type Method = (this: SummaryWriter, ...args: unknown[]) => void;

async function write({ method, args, step, options }: (typeof golden.cases)[number]) {
  const sink = new MemorySink();
  const writer = new SummaryWriter(sink);
  const withTime = { ...options, wallTime: golden.wallTime };
  if (method === 'endSession') writer.hparams({});
  const stepless = ['hparams', 'endSession', 'customScalars'].includes(method);
  const call = writer[method as 'text'] as Method;
  call.apply(writer, [...args.map(argumentOf), ...(stepless ? [] : [step]), withTime]);
  await writer.flush();
  return decodeEvents(sink.bytes).at(-1);
}

describe('the writers of TensorBoard, TensorFlow and PyTorch (test/goldens/make_kinds.py)', () => {
  test.each(golden.cases)('make the same message as we do: $name', async (each) => {
    const theirs = decodeMessage(event, Uint8Array.from(Buffer.from(each.event, 'hex')));
    const ours = await write(each);
    expect(ours && unfold(ours)).toEqual(unfold(theirs));
  });
});
