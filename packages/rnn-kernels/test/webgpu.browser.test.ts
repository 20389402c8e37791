import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import {
  add,
  dispose,
  grads,
  memory,
  mul,
  randomNormal,
  setBackend,
  sum,
  type Tensor,
  type Tensor3D,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core';
import {
  BasicLSTMCell,
  BasicRNNCell,
  bidirectionalDynamicRNN,
  dynamicRNN,
  getWeights,
  GRUCell,
  type RNNCell,
} from '@unroll/rnn-cells';
import { expectClose } from '@unroll/testing';
import { expect, test } from 'vitest';
import '../src/webgpu.js';

const forwardTolerance = 1e-5;
const gradientTolerance = 1e-4;

type MakeCell = (sizes: { inputSize: number; units: number }) => RNNCell<unknown>;

const cells: Readonly<Record<string, MakeCell>> = {
  'BasicRNNCell, tanh': (sizes) => new BasicRNNCell(sizes) as RNNCell<unknown>,
  'BasicRNNCell, relu': (sizes) => new BasicRNNCell({ ...sizes, activation: 'relu' }) as RNNCell<unknown>,
  BasicLSTMCell: (sizes) => new BasicLSTMCell({ ...sizes, forgetBias: 0.5 }) as RNNCell<unknown>,
  GRUCell: (sizes) => new GRUCell(sizes) as RNNCell<unknown>,
  'GRUCell, reset after': (sizes) => new GRUCell({ ...sizes, resetAfter: true }) as RNNCell<unknown>,
};

interface Case {
  readonly batch: number;
  readonly time: number;
  readonly inputSize: number;
  readonly units: number;
  readonly timeMajor?: boolean;
  readonly lengths?: readonly number[];
}

interface Numbers {
  readonly shape: number[];
  readonly values: ArrayLike<number>;
}

const read = async (tensors: readonly Tensor[]): Promise<Numbers[]> =>
  Promise.all(tensors.map(async (one) => ({ shape: one.shape, values: await one.data() })));

/** Outputs and final states of both directions, then all gradients. */
async function run(backend: string, make: MakeCell, one: Case): Promise<Numbers[]> {
  await setBackend(backend);
  const before = memory().numTensors;
  const { batch, time, inputSize, units, timeMajor = false, lengths } = one;
  const [fw, bw] = [make({ inputSize, units }), make({ inputSize, units })];
  let seed = 0;
  const noise = (shape: readonly number[], deviation: number) => {
    seed += 1;
    return randomNormal([...shape] as [number], 0, deviation, 'float32', seed);
  };
  const tensors = tidy(() => {
    const weights = [fw, bw].flatMap((cell) => Object.values(getWeights(cell)));
    for (const weight of weights) {
      (weight as Variable).assign(noise(weight.shape, 0.7 / Math.sqrt(units)));
    }
    const inputs = noise(timeMajor ? [time, batch, inputSize] : [batch, time, inputSize], 1);
    const states = [fw, bw].map((cell) => {
      const zero = cell.zeroState(batch);
      return mapState(zero, ({ shape }) => noise(shape, 1));
    });
    const options = { timeMajor, ...(lengths === undefined ? {} : { sequenceLength: lengths }) };
    const both = () => {
      const { outputs, finalState } = bidirectionalDynamicRNN(fw, bw, inputs as Tensor3D, {
        ...options,
        initialStateFw: states[0],
        initialStateBw: states[1],
      });
      return [...outputs, ...leaves(finalState)];
    };
    const loss = () =>
      both()
        .map((result, i) => sum(mul(result, randomNormal(result.shape as [number], 0, 1, 'float32', 50 + i))))
        .reduce((a, b) => add(a, b));
    return [...both(), ...grads(loss)([inputs, ...states.flatMap(leaves), ...weights])];
  });
  const numbers = await read(tensors);
  dispose(tensors);
  fw.dispose();
  bw.dispose();
  expect(memory().numTensors).toBe(before);
  return numbers;
}

function leaves(state: unknown): Tensor[] {
  if (typeof state === 'object' && state !== null && 'dataId' in state) return [state as Tensor];
  return Object.values(state as object).flatMap(leaves);
}

function mapState(state: unknown, change: (tensor: Tensor) => Tensor): unknown {
  if (typeof state === 'object' && state !== null && 'dataId' in state) return change(state as Tensor);
  return Object.fromEntries(
    Object.entries(state as object).map(([name, one]) => [name, mapState(one, change)]),
  );
}

const sizes: Readonly<Record<string, Case>> = {
  'one of everything': { batch: 1, time: 1, inputSize: 1, units: 1 },
  'odd sizes with lengths': { batch: 5, time: 4, inputSize: 3, units: 7, lengths: [4, 0, 2, 1, 3] },
  'time-major with lengths': {
    batch: 5,
    time: 3,
    inputSize: 4,
    units: 33,
    timeMajor: true,
    lengths: [3, 0, 2, 1, 3],
  },
  'one row': { batch: 1, time: 4, inputSize: 28, units: 130 },
  'time-major': { batch: 5, time: 2, inputSize: 2, units: 130, timeMajor: true },
};

const table = Object.entries(sizes).flatMap(([title, size]) =>
  Object.entries(cells).map(([name, make]) => [`${name}: ${title}`, make, size] as const),
);

test.for(table)('%s: equals the composed cell', async ([, make, size]) => {
  const expected = await run('cpu', make, size);
  const results = await run('webgpu', make, size);
  const finals = 4;
  for (const [i, one] of results.entries()) {
    expectClose(one, expected[i]!, i < finals ? forwardTolerance : gradientTolerance, `result ${i}`);
  }
});
