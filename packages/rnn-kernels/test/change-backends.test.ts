import '@tensorflow/tfjs-backend-cpu';
import {
  grads,
  memory,
  setBackend,
  square,
  sum,
  type Tensor,
  type Tensor3D,
  tidy,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { BasicLSTMCell, dynamicRNN, GRUCell, MultiRNNCell } from '@unroll/rnn-cells';
import { expectClose } from '@unroll/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { sharedEngine } from '../src/core/shared-engine.js';
import '../src/cpu.js';
import { ready } from '../src/wasm.js';
import { noise } from './cell-results.js';

const { arena } = sharedEngine()!.core;

// It takes a while the first time only.
beforeAll(async () => void (await setBackend('wasm')));

describe.each([
  ['cpu', 'wasm'],
  ['wasm', 'cpu'],
])('a pass on %s', (before, after) => {
  test.each([1, 2])(`can have its gradient on ${after}: %d threads`, async (threads) => {
    await setBackend(before);
    await ready({ threads });
    const held = [memory().numTensors, arena.used];
    const cell = new MultiRNNCell([
      new GRUCell({ inputSize: 10, units: 31 }),
      new BasicLSTMCell({ inputSize: 31, units: 24 }),
    ]);
    const inputs = noise([64, 6, 10], 3) as Tensor3D;
    const lengths = Array.from({ length: 64 }, (_, i) => i % 7);
    const gradients = (change: () => Promise<unknown> | void): Tensor[] =>
      grads(() => {
        const { outputs } = dynamicRNN(cell, inputs, { sequenceLength: lengths });
        void change();
        return sum(square(outputs));
      })([inputs, ...cell.trainableVariables] as Tensor[]);
    const expected = gradients(() => {});
    const changed = gradients(() => setBackend(after));
    for (const [i, gradient] of changed.entries()) {
      const golden = { shape: expected[i]!.shape, values: expected[i]!.dataSync() };
      expectClose(gradient, golden, 1e-5, `gradient ${i}`);
    }
    for (const tensor of [...expected, ...changed, inputs]) tensor.dispose();
    // Ends the last way back.
    tidy(() => void dynamicRNN(cell, noise([1, 1, 10], 1) as Tensor3D));
    cell.dispose();
    expect([memory().numTensors, arena.used]).toEqual(held);
  });
});
