import '@tensorflow/tfjs-backend-cpu';
import { ones, zeros } from '@tensorflow/tfjs-core';
import { expectRefusal } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import { BasicRNNCell, getWeights, setWeights } from '../src/index.js';

/** Runs a test body with a cell `[3] -> [4]` that is disposed after it. */
function withCell(body: (cell: BasicRNNCell) => void): void {
  const cell = new BasicRNNCell({ inputSize: 3, units: 4 });
  try {
    body(cell);
  } finally {
    cell.dispose();
  }
}

describe('setWeights', () => {
  const kernel = { shape: [7, 4], values: Array.from({ length: 28 }, () => 1) };
  const bias = { shape: [4], values: [1, 2, 3, 4] };

  test.for([
    [
      { 'rnn/basic_rnn_cell/kernel': kernel },
      'setWeights: expected a value for rnn/basic_rnn_cell/bias, got none',
    ],
    [
      { 'rnn/kernel': kernel },
      'setWeights: expected the paths rnn/basic_rnn_cell/kernel, rnn/basic_rnn_cell/bias, got rnn/kernel',
    ],
    [
      {
        'rnn/basic_rnn_cell/kernel': kernel,
        'rnn/basic_rnn_cell/bias': { ...bias, shape: [1, 4] },
      },
      'setWeights: rnn/basic_rnn_cell/bias: expected shape [4], got [1, 4]',
    ],
    [
      { 'rnn/basic_rnn_cell/kernel': kernel, 'rnn/basic_rnn_cell/bias': { ...bias, values: [1] } },
      'setWeights: rnn/basic_rnn_cell/bias: expected 4 values, got 1',
    ],
  ] as const)('changes nothing when it refuses (%#)', ([values, message]) => {
    withCell((cell) => {
      const before = [...cell.kernel.dataSync()];
      const run = () => setWeights(cell, values);
      expectRefusal(run, RangeError, message);
      expect([...cell.kernel.dataSync()]).toEqual(before);
      expect([...cell.bias.dataSync()]).toEqual([0, 0, 0, 0]);
    });
  });

  test('leaves a tensor that it was given to its owner', () => {
    withCell((cell) => {
      const values = { 'rnn/basic_rnn_cell/kernel': ones([7, 4]), 'rnn/basic_rnn_cell/bias': bias };
      setWeights(cell, values);
      expect([...cell.kernel.dataSync()]).toEqual(kernel.values);
      expect([...cell.bias.dataSync()]).toEqual(bias.values);
      values['rnn/basic_rnn_cell/kernel'].dispose();
      expect([...cell.kernel.dataSync()]).toEqual(kernel.values);
    });
  });

  test('gives a cell its own weights, and another cell the same, without losing either', () => {
    const [a, b] = [0, 1].map(() => new BasicRNNCell({ inputSize: 3, units: 4 })) as [
      BasicRNNCell,
      BasicRNNCell,
    ];
    const values = [...a.kernel.dataSync()];
    setWeights(a, getWeights(a));
    setWeights(b, getWeights(a));
    expect([...a.kernel.dataSync()]).toEqual(values);
    a.dispose();
    expect([...b.kernel.dataSync()]).toEqual(values);
    b.dispose();
  });

  test.for([
    [null, 'expected a tensor, or { shape, values }, got null'],
    [[1, 2, 3, 4], 'expected a tensor, or { shape, values }, got an array of 4'],
    [{ shape: [4], values: [1, 2, '3', 4] }, 'value 2: expected a number, got string'],
  ] as const)('refuses %j, and changes nothing', ([value, message]) => {
    withCell((cell) => {
      const before = [...cell.kernel.dataSync()];
      const values = { 'rnn/basic_rnn_cell/kernel': kernel, 'rnn/basic_rnn_cell/bias': value };
      const run = () => setWeights(cell, values as never);
      expectRefusal(run, TypeError, `setWeights: rnn/basic_rnn_cell/bias: ${message}`);
      expect([...cell.kernel.dataSync()]).toEqual(before);
    });
  });

  test('refuses a tensor of another dtype, or a disposed one', () => {
    withCell((cell) => {
      const value = zeros([4], 'int32');
      const values = { 'rnn/basic_rnn_cell/kernel': kernel, 'rnn/basic_rnn_cell/bias': value };
      const run = () => setWeights(cell, values);
      const where = 'setWeights: rnn/basic_rnn_cell/bias';
      expectRefusal(run, TypeError, `${where}: expected dtype float32, got int32`);
      value.dispose();
      expectRefusal(
        run,
        TypeError,
        `${where}: expected a float32 tensor of shape [4], got a disposed tensor`,
      );
    });
  });
});
