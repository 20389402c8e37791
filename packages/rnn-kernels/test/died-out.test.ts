import '@tensorflow/tfjs-backend-wasm';
import {
  fill,
  grads,
  mul,
  type Rank,
  setBackend,
  sum,
  type Tensor,
  tensor,
  tensor2d,
  tensor3d,
  type Tensor2D,
  type Tensor3D,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { BasicLSTMCell, BasicRNNCell, dynamicRNN, GRUCell, type RNNCell } from '@unroll/rnn-cells';
import { beforeAll, describe, expect, test } from 'vitest';
import { ready } from '../src/wasm.js';
import { noise, noisySum, statesOf } from './cell-results.js';
import { countDenormals } from './denormals.js';

interface Size {
  readonly inputSize: number;
  readonly units: number;
}

const basic = (activation: 'linear' | 'relu' | 'sigmoid' | 'tanh') => (size: Size) =>
  new BasicRNNCell({ ...size, activation }) as RNNCell<unknown>;

const cells: Readonly<Record<string, (size: Size) => RNNCell<unknown>>> = {
  tanh: basic('tanh'),
  relu: basic('relu'),
  linear: basic('linear'),
  lstm: (size) => new BasicLSTMCell(size) as RNNCell<unknown>,
  gru: (size) => new GRUCell(size) as RNNCell<unknown>,
  resetAfterGRU: (size) => new GRUCell({ ...size, resetAfter: true }) as RNNCell<unknown>,
};
const kinds = Object.keys(cells);

/** The state of all h, and c, as the cell wants it. */
function stateOf(kind: string, h: Tensor, c = h): unknown {
  return kind === 'lstm' ? { c, h } : h;
}

/** Sets a variable of the cell: the first one of its kernels or biases. */
function assign({ trainableVariables }: RNNCell<unknown>, what: 'bias' | 'kernel', to: number[]) {
  const variable = trainableVariables.find(({ name }) => name.endsWith(`/${what}`))!;
  variable.assign(tensor(to, variable.shape));
}

/** Weights that leave a state of one unit as it is: gates that are open, and no new input. */
function hold(kind: string, cell: RNNCell<unknown>): void {
  for (const variable of cell.trainableVariables) variable.assign(zeros(variable.shape));
  // The last row of the kernel is the state's.
  if (cell instanceof BasicRNNCell) assign(cell, 'kernel', [0, 1]);
  if (kind === 'lstm') assign(cell, 'bias', [0, 0, 100, 0]);
  if (kind === 'gru' || kind === 'resetAfterGRU') assign(cell, 'bias', [100, 100]);
}

beforeAll(async () => {
  await setBackend('wasm');
  await ready({ threads: 1 });
});

describe.each(kinds)('a state of %s', (kind) => {
  test.for([1e-33, 1e-36, 1e-40])(
    'that dies out from %d on is never denormal, nor is one that is fed back',
    (size) => {
      tidy(() => {
        // Of more than a panel, so that some of it is filled up.
        const cell = cells[kind]!({ inputSize: 5, units: 5 });
        const start = mul(noise([6, 5], 3), size);
        let initialState = stateOf(kind, start);
        let inputs: Tensor3D = zeros([6, 40, 5]);
        for (let call = 0; call < 4; call++) {
          const { outputs, finalState } = dynamicRNN(cell, inputs, { initialState });
          for (const result of [outputs, ...statesOf(finalState)]) {
            expect(countDenormals(result.dataSync())).toBe(0);
          }
          [inputs, initialState] = [outputs as Tensor3D, finalState];
        }
        cell.dispose();
      });
    },
  );

  test('is 0 below 1e-30, and what it is above; a NaN stays one', () => {
    tidy(() => {
      const cell = cells[kind]!({ inputSize: 1, units: 1 });
      hold(kind, cell);
      const given = [1.5e-30, -1.5e-30, 0.5e-30, -0.5e-30, 1e-40, 0.25, Number.NaN];
      // A rectified linear unit is 0 below it in any case.
      const negative = kind === 'relu' ? 0 : -1.5e-30;
      const large = kind === 'tanh' ? Math.tanh(0.25) : 0.25;
      const kept = [1.5e-30, negative, 0, 0, 0, large];
      const initialState = stateOf(kind, tensor2d(given, [7, 1]));
      const { finalState } = dynamicRNN(cell, zeros([7, 1, 1]), { initialState });
      // Of an LSTM c; its h is c's tanh times a half.
      const states = statesOf(finalState)[0]!.dataSync();
      for (const [i, value] of kept.entries()) {
        expect(Math.abs(states[i]! - value)).toBeLessThanOrEqual(1e-6 * Math.abs(value));
      }
      expect(states[6]).toBeNaN();
      cell.dispose();
    });
  });
});

describe('in the core', () => {
  test("an LSTM's output below 1e-30 is 0, though its state is not", () => {
    tidy(() => {
      const cell = cells['lstm']!({ inputSize: 1, units: 1 });
      hold('lstm', cell);
      const c = tensor2d([4e-30, 1.5e-30, -1.5e-30], [3, 1]);
      const initialState = { c, h: zeros([3, 1]) };
      const { outputs } = dynamicRNN(cell, zeros([3, 1, 1]), { initialState });
      const [above, ...below] = outputs.dataSync();
      expect(Math.abs(above! - 2e-30)).toBeLessThan(1e-35);
      expect(below).toEqual([0, 0]);
      cell.dispose();
    });
  });

  test("a GRU's state times its reset gate is 0 below 1e-30", () => {
    tidy(() => {
      const cell = cells['gru']!({ inputSize: 1, units: 2 });
      for (const variable of cell.trainableVariables) variable.assign(zeros(variable.shape));
      // r is 1e-15 of the first unit and 1e-5 of the second, u is shut, the candidate 1e20 r h.
      assign(cell, 'bias', [Math.log(1e-15), Math.log(1e-5), -100, -100]);
      cell.trainableVariables
        .find(({ name }) => name.includes('candidate/kernel'))!
        .assign(tensor2d([0, 0, 1e20, 0, 0, 1e20], [3, 2]));
      const initialState = fill([1, 2], 1e-20);
      const { finalState } = dynamicRNN(cell, zeros([1, 1, 1]), { initialState });
      const [first, second] = (finalState as Tensor).dataSync();
      expect(first).toBe(0);
      expect(Math.abs(second! - 1e-5)).toBeLessThan(1e-9);
      cell.dispose();
    });
  });

  test('data below 1e-30 are 0, at every place of a row', () => {
    tidy(() => {
      const inputSize = 15; // A panel of 8, and in the next one 4 numbers, 2 and 1.
      const cell = basic('linear')({ inputSize, units: 1 });
      assign(cell, 'kernel', [...Array<number>(inputSize).fill(1e20), 0]);
      const results = [1e-40, -0.9e-30, 1.5e-30, Number.NaN].map((value) => {
        // Each row has it at another place.
        const at = Array.from({ length: inputSize ** 2 }, (_, i) =>
          i % (inputSize + 1) === 0 ? value : 0,
        );
        const inputs = tensor3d(at, [inputSize, 1, inputSize]);
        return [...dynamicRNN(cell, inputs).outputs.dataSync()];
      });
      const [denormal, below, above, none] = results;
      expect(denormal).toEqual(Array<number>(inputSize).fill(0));
      expect(below).toEqual(Array<number>(inputSize).fill(0));
      expect(above!.every((x) => Math.abs(x - 1.5e-10) < 1e-16)).toBe(true);
      expect(none!.every(Number.isNaN)).toBe(true);
      cell.dispose();
    });
  });

  test('a sigmoid that is shut gives no denormal number, nor one near it', () => {
    tidy(() => {
      const cell = basic('sigmoid')({ inputSize: 1, units: 3 });
      assign(cell, 'bias', [-60, -80, -1e30]);
      const outputs = dynamicRNN(cell, zeros([1, 1, 1])).outputs.dataSync();
      expect(Math.abs(outputs[0]! / Math.exp(-60) - 1)).toBeLessThan(1e-4);
      for (const output of outputs.subarray(1)) {
        expect(output).toBeGreaterThan(1e-30);
        expect(output).toBeLessThan(2e-30);
      }
      cell.dispose();
    });
  });
});

describe.each([1, 3])('gradients on %d threads', (threads) => {
  beforeAll(async () => {
    await ready({ threads });
  });

  test.for(kinds)('through states that die out are never denormal: %s', (kind) => {
    tidy(() => {
      const cell = cells[kind]!({ inputSize: 24, units: 24 });
      for (const size of [1e-16, 1e-20, 1e-24]) {
        const start = mul(noise([40, 24], 3), size);
        const initialState = stateOf(kind, start);
        const inputs = zeros<Rank.R3>([40, 12, 24]);
        const run = () =>
          mul(noisySum(statesOf(dynamicRNN(cell, inputs, { initialState }).finalState)), size);
        const weights = cell.trainableVariables as readonly Tensor[];
        const gradients = grads(run)([...weights]);
        for (const gradient of gradients) expect(countDenormals(gradient.dataSync())).toBe(0);
        // Nothing is added to those by the rows of data that are zeros.
        const byData = gradients[0]!.dataSync().subarray(0, 24 * gradients[0]!.shape[1]!);
        expect(new Set(byData)).toEqual(new Set([0]));
      }
      cell.dispose();
    });
  });

  test('keep their digits where they are small', () => {
    tidy(() => {
      const cell = basic('linear')({ inputSize: 8, units: 24 });
      const initialState = fill([400, 24], 2 ** -60) as Tensor2D;
      const inputs = zeros<Rank.R3>([400, 1, 8]);
      const run = () =>
        mul(sum(dynamicRNN(cell, inputs, { initialState }).finalState as Tensor), 2 ** -30);
      const [gradient] = grads(run)([cell.trainableVariables[0]! as Tensor]);
      const byState = gradient!.dataSync().subarray(8 * 24);
      for (const value of byState) expect(value / (400 * 2 ** -90)).toBeCloseTo(1, 5);
      cell.dispose();
    });
  });
});
