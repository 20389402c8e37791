import '@tensorflow/tfjs-backend-cpu';
import {
  add,
  clone,
  grads,
  mul,
  reshape,
  setBackend,
  type Tensor,
  type Tensor3D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import {
  BasicLSTMCell,
  BasicRNNCell,
  bidirectionalDynamicRNN,
  dynamicRNN,
  GRUCell,
  MultiRNNCell,
  type RNNCell,
} from '@unroll/rnn-cells';
import { expectClose } from '@unroll/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { sharedEngine } from '../src/core/shared-engine.js';
import '../src/cpu.js';
import { ready } from '../src/wasm.js';
import { composed, noise, noisySum, statesOf } from './cell-results.js';

const { arena } = sharedEngine()!.core;

type Cell = RNNCell<unknown>;

/** Layers of each kind, with leftovers of 8 columns between them. */
const stacks: Readonly<Record<string, () => Cell[]>> = {
  basicRNN: () => [
    new BasicRNNCell({ inputSize: 10, units: 31 }),
    new BasicRNNCell({ inputSize: 31, units: 24, activation: 'sigmoid' }),
    new BasicRNNCell({ inputSize: 24, units: 5 }),
  ],
  lstm: () => [
    new BasicLSTMCell({ inputSize: 10, units: 13 }),
    new BasicLSTMCell({ inputSize: 13, units: 26 }),
  ],
  gru: () => [
    new GRUCell({ inputSize: 10, units: 15 }),
    new GRUCell({ inputSize: 15, units: 22, resetAfter: true }),
    new BasicLSTMCell({ inputSize: 22, units: 9 }),
  ],
};

const [batch, time, inputSize] = [62, 5, 10];

/** Layer by layer: what `use` makes of outputs and final states, and its gradients by data and weights. */
function results(
  cells: readonly Cell[],
  inputs: Tensor3D,
  { lengths, use }: { lengths?: readonly number[]; use: (layers: Layer[]) => Tensor[] },
): { forward: Tensor[]; gradients: Tensor[] } {
  const options = lengths === undefined ? {} : { sequenceLength: lengths };
  const run = (): Tensor[] => {
    let below = inputs;
    const layers = cells.map((cell): Layer => {
      const { outputs, finalState } = dynamicRNN(cell, below, options);
      below = outputs;
      return { outputs, states: statesOf(finalState) };
    });
    return use(layers);
  };
  const weights = cells.flatMap((cell) => cell.trainableVariables);
  const gradients = grads(() => noisySum(run()))([inputs, ...weights]);
  return { forward: run(), gradients };
}

interface Layer {
  readonly outputs: Tensor3D;
  readonly states: readonly Tensor[];
}

function expectAll(actual: Tensor[], expected: Tensor[], tolerance: number): void {
  for (const [i, result] of actual.entries()) {
    const golden = { shape: expected[i]!.shape, values: expected[i]!.dataSync() };
    expectClose(result, golden, tolerance, `result ${i}`);
  }
}

const uses: Readonly<Record<string, (layers: Layer[]) => Tensor[]>> = {
  'the last states': (layers) => [...layers.at(-1)!.states],
  'the outputs of all layers': (layers) => layers.map(({ outputs }) => outputs),
  'the first layer twice more, in other shapes': ([first, ...others]) => [
    ...others.at(-1)!.states,
    add(reshape(first!.outputs, [time, batch, -1]), 1),
    transpose(clone(first!.outputs), [2, 0, 1]),
  ],
};

describe.each(['wasm', 'cpu'])('layers on %s', (backend) => {
  describe.each([1, 2])('on %d threads', (threads) => {
    beforeAll(async () => {
      await setBackend(backend);
      await ready({ threads });
    });

    test.for(
      Object.keys(stacks).flatMap((kind) =>
        Object.keys(uses).flatMap((use) => [false, true].map((padded) => ({ kind, use, padded }))),
      ),
    )('give what composed ones give of $use: $kind, padded: $padded', ({ kind, use, padded }) => {
      const cells = stacks[kind]!();
      const used = arena.used;
      tidy(() => {
        for (const [i, weight] of cells.flatMap((cell) => cell.trainableVariables).entries()) {
          weight.assign(mul(noise(weight.shape, 40 + i), 0.25));
        }
        const inputs = noise([batch, time, inputSize], 1) as Tensor3D;
        const options = {
          use: uses[use]!,
          ...(padded ? { lengths: Array.from({ length: batch }, (_, b) => (b * 7) % 6) } : {}),
        };
        const expected = results(cells.map(composed), inputs, options);
        const actual = results(cells, inputs, options);
        expectAll(actual.forward, expected.forward, 1e-5);
        expectAll(actual.gradients, expected.gradients, 1e-4);
      });
      for (const cell of cells) cell.dispose();
      expect(arena.used).toBe(used);
    });
  });
});

describe('outputs', () => {
  test.each(['wasm', 'cpu'])(
    'are right however late somebody looks at them, and hold memory until then: %s',
    async (backend) => {
      await setBackend(backend);
      await ready({ threads: 2 });
      const used = arena.used;
      const cell = new MultiRNNCell([
        new BasicRNNCell({ inputSize, units: 31 }),
        new BasicRNNCell({ inputSize: 31, units: 4 }),
      ]);
      const inputs = noise([batch, time, inputSize], 1) as Tensor3D;
      const { outputs, finalState } = dynamicRNN(cell, inputs);
      const others = tidy(() => dynamicRNN(composed(cell), inputs).outputs);
      cell.dispose();
      expect(arena.used).toBeGreaterThan(used);
      await ready({ threads: 1 });
      expectClose(outputs, { shape: others.shape, values: others.dataSync() }, 1e-5);
      expect(arena.used).toBe(used);
      for (const tensor of [inputs, outputs, others, ...finalState]) tensor.dispose();
    },
  );

  test('that are kept without a look do not fill the memory', async () => {
    await setBackend('wasm');
    const cell = new BasicRNNCell({ inputSize: 64, units: 64 });
    const inputs = noise([1024, 64, 64], 1) as Tensor3D;
    const used = arena.used;
    const { outputs: first, finalState } = dynamicRNN(cell, inputs);
    const each = arena.used - used;
    expect(each).toBeGreaterThan(4 * inputs.size);
    const kept = Array.from({ length: 12 }, () => tidy(() => dynamicRNN(cell, inputs).outputs));
    expect(arena.used - used).toBeLessThanOrEqual(2 ** 28);
    const golden = { shape: first.shape, values: first.dataSync() };
    for (const outputs of kept) expectClose(outputs, golden, 0);
    for (const tensor of [first, finalState, inputs, ...kept]) tensor.dispose();
    expect(arena.used).toBe(used);
    cell.dispose();
  });

  test('of both directions at once are right', async () => {
    await setBackend('wasm');
    const make = (): Cell => new BasicLSTMCell({ inputSize, units: 12 });
    const [fw, bw] = [make(), make()];
    tidy(() => {
      const inputs = noise([batch, time, inputSize], 1) as Tensor3D;
      const run = (a: Cell, b: Cell): Tensor[] => {
        const loss = () => noisySum(bidirectionalDynamicRNN(a, b, inputs).outputs);
        return grads(loss)([inputs, ...fw.trainableVariables, ...bw.trainableVariables]);
      };
      expectAll(run(fw, bw), run(composed(fw), composed(bw)), 1e-4);
    });
    for (const cell of [fw, bw]) cell.dispose();
  });
});
