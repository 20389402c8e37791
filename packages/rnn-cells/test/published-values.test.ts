/*
 * The numbers that TensorFlow 1's own tests assert (core_rnn_cell_test.py, lstm_ops_test.py,
 * LayerNormBasicLSTMCellTest): kernels 0.5, inputs ones, states 0.1 unless said.
 */
import '@tensorflow/tfjs-backend-cpu';
import {
  fill,
  gather,
  matMul,
  ones,
  type Rank,
  type Tensor2D,
  tensor2d,
  tensor3d,
  tidy,
} from '@tensorflow/tfjs-core';
import { expectClose } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import {
  BasicLSTMCell,
  constantInitializer,
  dynamicRNN,
  GRUCell,
  LayerNormBasicLSTMCell,
  LSTMCell,
  type LSTMStateTuple,
  MultiRNNCell,
} from '../src/index.js';

const kernelInitializer = constantInitializer(0.5);
const tenth = (): Tensor2D => fill([1, 2], 0.1);
const both = (value: number) => ({ shape: [1, 2], values: [value, value] });

/** Runs `body` in tidy and disposes the cell. */
function check(cell: { dispose(): void }, body: () => void): void {
  tidy(body);
  cell.dispose();
}

describe('TensorFlow 1’s published values', () => {
  test.for([
    [2, 0.175991],
    [3, 0.156736],
  ] as const)('GRUCell of 2 units with %d inputs', ([inputSize, expected]) => {
    const cell = new GRUCell({ inputSize, units: 2, kernelInitializer });
    check(cell, () => {
      const input: Tensor2D = inputSize === 2 ? ones([1, 2]) : ones([1, 3]);
      expectClose(cell.call(input, tenth())[0], both(expected), 1e-6);
    });
  });

  // TensorFlow's Input- and OutputProjectionWrapper and EmbeddingWrapper around a GRUCell, whose
  // projections and embeddings are matrices of 0.5 too.
  test('GRUCell of 3 units with its input, and with its output, projected', () => {
    const cell = new GRUCell({ inputSize: 3, units: 3, kernelInitializer });
    check(cell, () => {
      const state: Tensor2D = fill([1, 3], 0.1);
      const projected = matMul<Tensor2D>(ones([1, 2]), fill<Rank.R2>([2, 3], 0.5));
      const [output] = cell.call(projected, state);
      const values = [0.154605, 0.154605, 0.154605];
      expectClose(output, { shape: [1, 3], values }, 1e-6);
      const plain = cell.call(ones([1, 3]), state)[0];
      expectClose(matMul(plain, fill([3, 2], 0.5)), both(0.231907), 1e-6);
    });
  });

  test('GRUCell of 2 units with its input embedded', () => {
    const cell = new GRUCell({ inputSize: 2, units: 2, kernelInitializer });
    check(cell, () => {
      const embedded = gather(fill<Rank.R2>([3, 2], 0.5), [1]);
      expectClose(cell.call(embedded, tenth())[0], both(0.17139), 1e-6);
    });
  });

  test('two GRUCells in a MultiRNNCell', () => {
    const layer = () => new GRUCell({ inputSize: 2, units: 2, kernelInitializer });
    const stack = new MultiRNNCell([layer(), layer()]);
    check(stack, () => {
      const [, [bottom, top]] = stack.call(ones([1, 2]), [tenth(), tenth()]);
      expectClose(bottom, both(0.175991), 1e-6);
      expectClose(top, both(0.13248), 1e-6);
    });
  });

  test('two BasicLSTMCells in a MultiRNNCell', () => {
    const layer = () => new BasicLSTMCell({ inputSize: 2, units: 2, kernelInitializer });
    const stack = new MultiRNNCell([layer(), layer()]);
    check(stack, () => {
      const state = (): LSTMStateTuple => ({ c: tenth(), h: tenth() });
      const [, [bottom, top]] = stack.call(ones([1, 2]), [state(), state()]);
      expectClose(bottom.c, both(0.68967271), 1e-6);
      expectClose(bottom.h, both(0.44848421), 1e-6);
      expectClose(top.c, both(0.39897051), 1e-6);
      expectClose(top.h, both(0.24024698), 1e-6);
    });
  });

  test('LSTMCell of 3 units over two steps of ones', () => {
    const cell = new LSTMCell({ inputSize: 3, units: 3, kernelInitializer });
    check(cell, () => {
      const state: LSTMStateTuple = { c: fill([1, 3], 0.1), h: fill([1, 3], 0.1) };
      const inputs = tensor3d([
        [
          [2, 2, 2],
          [1, 1, 1],
        ],
      ]);
      const { outputs, finalState } = dynamicRNN(cell, inputs, { initialState: state });
      const expected = [0.751109, 0.751109, 0.751109, 0.895509, 0.895509, 0.895509];
      expectClose(outputs, { shape: [1, 2, 3], values: expected }, 1e-6);
      expectClose(finalState.c, { shape: [1, 3], values: [1.949385, 1.949385, 1.949385] }, 1e-6);
    });
  });

  test('two LayerNormBasicLSTMCells in a MultiRNNCell', () => {
    const layer = () => new LayerNormBasicLSTMCell({ inputSize: 2, units: 2, kernelInitializer });
    const stack = new MultiRNNCell([layer(), layer()]);
    check(stack, () => {
      const [output, [bottom, top]] = stack.call(ones([1, 2]), [
        { c: tensor2d([[0, 0.1]]), h: tensor2d([[0.2, 0.3]]) },
        { c: tensor2d([[0.4, 0.5]]), h: tensor2d([[0.6, 0.7]]) },
      ]);
      const h = { shape: [1, 2], values: [-0.38079708, 0.38079708] };
      const c = { shape: [1, 2], values: [-1, 1] };
      expectClose(output, h, 1e-5);
      for (const state of [bottom, top]) {
        expectClose(state.h, h, 1e-5);
        expectClose(state.c, c, 1e-5);
      }
    });
  });

  test('two LayerNormBasicLSTMCells without norms', () => {
    const options = { inputSize: 2, units: 2, layerNorm: false, kernelInitializer };
    const biasInitializer = constantInitializer(0.5);
    const layer = () => new LayerNormBasicLSTMCell({ ...options, biasInitializer });
    const stack = new MultiRNNCell([layer(), layer()]);
    check(stack, () => {
      const [output, [bottom, top]] = stack.call(ones([1, 2]), [
        { c: tensor2d([[0, 0.1]]), h: tensor2d([[0.2, 0.3]]) },
        { c: tensor2d([[0.4, 0.5]]), h: tensor2d([[0.6, 0.7]]) },
      ]);
      const pair = (...values: number[]) => ({ shape: [1, 2], values });
      expectClose(output, pair(0.70230919, 0.72581059), 1e-6);
      expectClose(bottom.c, pair(0.8020075, 0.89599884), 1e-6);
      expectClose(bottom.h, pair(0.56668288, 0.60858738), 1e-6);
      expectClose(top.c, pair(1.17500675, 1.26892965), 1e-5);
    });
  });

  test('lengths 2 and 3 of 8 steps: zeros past them', () => {
    const cell = new GRUCell({ inputSize: 1, units: 1 });
    check(cell, () => {
      const { outputs } = dynamicRNN(cell, ones([2, 8, 1]), { sequenceLength: [2, 3] });
      const zeros = outputs.arraySync().map((row) => row.findIndex(([value]) => value === 0));
      expect(zeros).toEqual([2, 3]);
    });
  });
});
