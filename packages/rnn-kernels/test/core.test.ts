import '@tensorflow/tfjs-backend-wasm';
import {
  dispose,
  engine,
  grads,
  mul,
  profile,
  setBackend,
  sum,
  type Tensor,
  type Tensor3D,
  tidy,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import {
  BasicLSTMCell,
  BasicRNNCell,
  BasicRNNSequence,
  dynamicRNN,
  GRUCell,
  GRUSequence,
  LSTMSequence,
  ResetAfterGRUSequence,
  type RNNCell,
} from '@unroll/rnn-cells';
import { expectClose } from '@unroll/testing';
import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, test } from 'vitest';
import { partFields } from '../src/core/part-fields.js';
import { sharedEngine } from '../src/core/shared-engine.js';
import { ready } from '../src/wasm.js';
import { composed, everything, noise, statesOf } from './cell-results.js';

const cells = {
  basicRNN: (inputSize: number, units: number) => new BasicRNNCell({ inputSize, units }),
  relu: (inputSize: number, units: number) =>
    new BasicRNNCell({ inputSize, units, activation: 'relu' }),
  lstm: (inputSize: number, units: number) => new BasicLSTMCell({ inputSize, units }),
  gru: (inputSize: number, units: number) => new GRUCell({ inputSize, units }),
  resetAfterGRU: (inputSize: number, units: number) =>
    new GRUCell({ inputSize, units, resetAfter: true }),
} as const;

const kernelNames: Readonly<Record<keyof typeof cells, string>> = {
  basicRNN: BasicRNNSequence,
  relu: BasicRNNSequence,
  lstm: LSTMSequence,
  gru: GRUSequence,
  resetAfterGRU: ResetAfterGRUSequence,
};
const kinds = Object.keys(cells) as (keyof typeof cells)[];

/** Batch, time, inputs, units: large enough for threads in most, with leftovers everywhere. */
const sizes = [
  [1, 1, 1, 1],
  [2, 9, 5, 3],
  [13, 6, 28, 31],
  [37, 7, 17, 40],
  [130, 5, 8, 24],
] as const;

beforeAll(async () => {
  await setBackend('wasm');
});

describe.each([1, 2, 3])('the core on %d threads', (threads) => {
  beforeAll(async () => {
    await ready({ threads });
  });

  test('are as many as asked for', () => {
    expect(sharedEngine()!.threads.count).toBe(threads);
  });

  test.for(
    Object.entries(cells).flatMap(([kind, make]) =>
      sizes.flatMap((size) => [false, true].map((padded) => ({ kind, make, size, padded }))),
    ),
  )('gives what composed steps give: $kind $size padded: $padded', ({ make, size, padded }) => {
    const [batch, time, inputSize, units] = size;
    const cell = make(inputSize, units) as unknown as RNNCell<unknown>;
    tidy(() => {
      for (const [i, weight] of cell.trainableVariables.entries()) {
        weight.assign(mul(noise(weight.shape, 40 + i), 0.25));
      }
      const inputs = noise([batch, time, inputSize], 1) as Tensor3D;
      const lengths = padded
        ? Array.from({ length: batch }, (_, b) => (b * 7) % (time + 1))
        : undefined;
      const expected = everything(composed(cell), inputs, lengths);
      for (const [i, result] of everything(cell, inputs, lengths).entries()) {
        const golden = { shape: expected[i]!.shape, values: expected[i]!.dataSync() };
        expectClose(result, golden, i < 3 ? 1e-5 : 1e-4, `result ${i}`);
      }
    });
    cell.dispose();
  });
});

describe('the core', () => {
  test.for(kinds)('runs a sequence in one call, and its gradient in another: %s', async (kind) => {
    const cell = cells[kind](4, 3) as unknown as RNNCell<unknown>;
    const { kernels, result } = await profile(() =>
      tidy(() => {
        const inputs = noise([2, 5, 4], 1) as Tensor3D;
        const loss = () => sum(dynamicRNN(cell, inputs).outputs);
        return grads(loss)([inputs, ...cell.trainableVariables]);
      }),
    );
    dispose(result);
    const names = kernels.map(({ name }) => name);
    const sequences = names.filter((name) => name.includes('Sequence'));
    expect(sequences).toEqual([kernelNames[kind], `${kernelNames[kind]}Grad`]);
    expect(names.filter((name) => name.includes('MatMul'))).toEqual([]);
    cell.dispose();
  });

  test.for(['lstm', 'resetAfterGRU'] as const)(
    'uses no more memory from step to step, nor after gradients that nobody took: %s',
    (kind) => {
      const cell = cells[kind](8, 24) as unknown as RNNCell<unknown>;
      const { arena, memory } = sharedEngine()!.core;
      const used: number[] = [];
      const bytes: number[] = [];
      for (let step = 0; step < 30; step++) {
        tidy(() => {
          const inputs = noise([40, 6, 8], step) as Tensor3D;
          const loss = () => {
            dynamicRNN(cell, inputs);
            return sum(statesOf(dynamicRNN(cell, inputs).finalState).at(-1)!);
          };
          grads(loss)([cell.trainableVariables[0] as Tensor]);
          dynamicRNN(cell, inputs);
        });
        used.push(arena.used);
        bytes.push(memory.buffer.byteLength);
      }
      expect(new Set(used)).toEqual(new Set([0]));
      expect(new Set(bytes.slice(1)).size).toBe(1);
      expect(engine().state.gradientDepth).toBe(0);
      cell.dispose();
    },
  );

  test('knows the fields that its assembly knows, in the same order', async () => {
    const source = await readFile(new URL('../assembly/part.as', import.meta.url), 'utf8');
    const [body] = /class Part \{[^}]*\}/.exec(source)!;
    const fields = [...body.matchAll(/^ {2}(\w+): (?:i32|f32|usize);/gmu)].map(([, name]) => name);
    expect([...partFields]).toEqual(fields);
  });

  test('refuses a number of threads that is none', async () => {
    await expect(ready({ threads: 0 })).rejects.toThrow(
      'ready: threads: expected a whole number from 1, got 0',
    );
  });
});
