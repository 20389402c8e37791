import '@tensorflow/tfjs-backend-cpu';
import {
  engine,
  reshape,
  scalar,
  setBackend,
  type Tensor,
  tensor1d,
  type Tensor2D,
  type Tensor3D,
  tidy,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { BasicRNNCell, dynamicRNN } from '@unroll/rnn-cells';
import { DenseSoftmaxCrossEntropyGrad, denseSparseSoftmaxCrossEntropy } from '@unroll/trainer';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Block } from '../src/core/arena.js';
import type { Core } from '../src/core/core.js';
import { noise } from './cell-results.js';

let core: Core;

beforeAll(async () => {
  // As in a page that is not cross-origin isolated. Its memory is another buffer each time that it grows.
  Reflect.deleteProperty(globalThis, 'SharedArrayBuffer');
  await import('../src/wasm.js');
  await import('../src/cpu.js');
  const { sharedEngine } = await import('../src/core/shared-engine.js');
  core = sharedEngine()!.core;
  await setBackend('wasm');
});

/** Calls with so little of the memory free that whatever takes some lets it grow. */
function withFullMemory<Result>(call: () => Result): Result {
  const { arena, memory } = core;
  const taken: Block[] = [];
  for (let bytes = 2 ** 20; bytes >= 64; bytes /= 2) {
    const { byteLength } = memory.buffer;
    while (memory.buffer.byteLength === byteLength) taken.push(arena.take(bytes));
  }
  try {
    return call();
  } finally {
    for (const block of taken) arena.give(block);
  }
}

const [batch, time, units, classes] = [64, 16, 32, 24];
const rows = batch * time;

/** Outputs of a sequence, which wait, with as many rows as there are steps of the batch. */
function lateRows(width: number, seed: number): Tensor2D {
  const cell = new BasicRNNCell({ inputSize: 5, units: width });
  for (const weight of cell.trainableVariables) weight.assign(noise(weight.shape, seed));
  const { outputs } = dynamicRNN(cell, noise([batch, time, 5], seed) as Tensor3D);
  cell.dispose();
  return reshape(outputs, [rows, width]);
}

type Given = Readonly<Record<'inputs' | 'kernel' | 'upstream', Tensor2D>> &
  Readonly<Record<'bias' | 'labels', ReturnType<typeof tensor1d>>>;

const calls: Readonly<Record<string, (given: Given) => Tensor[]>> = {
  loss: ({ inputs, kernel, bias, labels }) =>
    Object.values(denseSparseSoftmaxCrossEntropy({ inputs, kernel, bias, labels })),
  'gradient of the loss': ({ inputs, kernel, labels, upstream }) => {
    const others = { logits: noise([rows, classes], 4), dLoss: scalar(1), dLogits: upstream };
    const tensors = { inputs, kernel, labels, ...others };
    const attrs = { inputGradient: true };
    return engine().runKernel(DenseSoftmaxCrossEntropyGrad, tensors, attrs) as unknown as Tensor[];
  },
};

describe('in memory that no thread shares', () => {
  test.each(Object.keys(calls))('the %s is the same of numbers that wait', (name) => {
    expect(core.shared).toBe(false);
    const numbers = (look: boolean): Float32Array[] =>
      tidy(() => {
        const given: Given = {
          inputs: lateRows(units, 1),
          upstream: lateRows(classes, 2),
          kernel: noise([units, classes], 3) as Tensor2D,
          bias: noise([classes], 5) as ReturnType<typeof tensor1d>,
          labels: tensor1d(
            Array.from({ length: rows }, (_, i) => i % classes),
            'int32',
          ),
        };
        if (look) for (const tensor of [given.inputs, given.upstream]) tensor.dataSync();
        const results = withFullMemory(() => calls[name]!(given));
        return results.map((result) => result.dataSync() as Float32Array);
      }) as unknown as Float32Array[];
    expect(numbers(false)).toEqual(numbers(true));
  });

  test.each([1, 2])('a random program sees the same while it grows: seed %d', async (seed) => {
    const { RandomProgram } = await import('./random-program.js');
    const run = async () => {
      await setBackend('wasm');
      return new RandomProgram(seed).run(50);
    };
    const { arena, memory } = core;
    const take = arena.take.bind(arena);
    const expected = await run();
    let times = 0;
    arena.take = (bytes) => {
      const block = take(bytes);
      memory.grow(1);
      times += 1;
      return block;
    };
    try {
      expect(await run()).toEqual(expected);
    } finally {
      arena.take = take;
    }
    expect(times).toBeGreaterThan(100);
  });
});
