import '@tensorflow/tfjs-backend-cpu';
import {
  fill,
  grads,
  greaterEqual,
  ones,
  sum,
  tensor1d,
  type Tensor2D,
  tensor3d,
  type Tensor3D,
  tidy,
  unstack,
  zeros,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { expectClose, expectNoLeak, expectRefusal } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import { BasicLSTMCell, dynamicRNN, rawRNN, ShapeError } from '../src/index.js';

const values = [
  [
    [1, 2],
    [3, 4],
    [5, 6],
  ],
  [
    [-1, 0.5],
    [0.25, -2],
    [1, 1],
  ],
];
const lengths = [2, 3];

/** `dynamicRNN` written with `rawRNN`, as in TensorFlow's documentation. */
function likeDynamicRNN(cell: BasicLSTMCell, inputs: Tensor3D) {
  const steps = unstack(inputs, 1) as Tensor2D[];
  return rawRNN(cell, ({ time, state }) => ({
    finished: greaterEqual(fill([2], time, 'int32'), tensor1d(lengths, 'int32')),
    nextInput: steps[time] ?? (zeros([2, 2]) as Tensor2D),
    nextState: state ?? cell.zeroState(2),
  }));
}

describe('rawRNN', () => {
  test('written as dynamicRNN gives its outputs, states and gradients', async () => {
    await expectNoLeak(() => {
      const cell = new BasicLSTMCell({ inputSize: 2, units: 3 });
      tidy(() => {
        const inputs = tensor3d(values);
        const expected = dynamicRNN(cell, inputs, { sequenceLength: lengths });
        const actual = likeDynamicRNN(cell, inputs);
        expect(actual.outputs.shape).toEqual([3, 2, 3]);
        const rows = unstack(actual.outputs, 1);
        for (const [row, output] of unstack(expected.outputs, 0).entries()) {
          expectClose(rows[row]!, { shape: output.shape, values: output.dataSync() }, 1e-6);
        }
        for (const name of ['c', 'h'] as const) {
          const golden = expected.finalState[name];
          expectClose(actual.finalState[name], { shape: [2, 3], values: golden.dataSync() }, 1e-6);
        }
        const [kernel] = cell.trainableVariables;
        const slope = (outputs: () => Tensor3D) => grads(() => sum(outputs()))([kernel!])[0]!;
        const golden = slope(() => dynamicRNN(cell, inputs, { sequenceLength: lengths }).outputs);
        const gradient = slope(() => likeDynamicRNN(cell, inputs).outputs as Tensor3D);
        expectClose(gradient, { shape: golden.shape, values: golden.dataSync() }, 1e-5);
      });
      cell.dispose();
    });
  });

  test('feeds a cell its own output, emits what it is told to, and passes the loop state on', async () => {
    await expectNoLeak(() => {
      const cell = new BasicLSTMCell({ inputSize: 2, units: 2 });
      const times: number[] = [];
      const result = rawRNN<ReturnType<typeof cell.zeroState>, string>(
        cell,
        ({ time, output, state, loopState = 'start' }) => {
          times.push(time);
          return {
            finished: tensor1d([time >= 2 ? 1 : 0, time >= 3 ? 1 : 0], 'bool'),
            nextInput: output ?? (ones([2, 2]) as Tensor2D),
            nextState: state ?? cell.zeroState(2),
            emit: fill([2, 1, 1], time),
            loopState: `${loopState}, ${time}`,
          };
        },
      );
      expect(times).toEqual([0, 1, 2, 3]);
      expect(result.finalLoopState).toBe('start, 0, 1, 2, 3');
      expect(result.outputs.shape).toEqual([3, 2, 1, 1]);
      expect([...result.outputs.dataSync()]).toEqual([1, 1, 2, 2, 0, 3]);
      for (const tensor of [result.outputs, ...Object.values(result.finalState)]) tensor.dispose();
      cell.dispose();
    });
  });

  test('ends at once when all rows are done', async () => {
    await expectNoLeak(() => {
      const cell = new BasicLSTMCell({ inputSize: 2, units: 3 });
      const result = rawRNN(cell, () => ({
        finished: tensor1d([1], 'bool'),
        nextInput: zeros([1, 2]),
        nextState: { c: ones([1, 3]) as Tensor2D, h: zeros([1, 3]) as Tensor2D },
      }));
      expect(result.outputs.shape).toEqual([0, 1, 3]);
      expect([...result.finalState.c.dataSync()]).toEqual([1, 1, 1]);
      for (const tensor of [result.outputs, ...Object.values(result.finalState)]) tensor.dispose();
      cell.dispose();
    });
  });

  test('refuses an answer that does not fit the cell', () => {
    const cell = new BasicLSTMCell({ inputSize: 2, units: 3 });
    const answer = (changes: object) => () =>
      rawRNN(cell, () => ({
        finished: tensor1d([0, 0], 'bool'),
        nextInput: zeros([2, 2]),
        nextState: cell.zeroState(2),
        ...changes,
      }));
    tidy(() => {
      const [input, flags, integers] = [
        zeros([2, 3]),
        tensor1d([0], 'bool'),
        tensor1d([0, 0], 'int32'),
      ];
      expectRefusal(
        answer({ nextInput: input }),
        ShapeError,
        'rawRNN: nextInput: expected shape [batch, 2], got [2, 3]',
      );
      expectRefusal(
        answer({ finished: flags }),
        ShapeError,
        'rawRNN: finished: expected shape [2], got [1]',
      );
      expectRefusal(
        answer({ finished: integers }),
        TypeError,
        'rawRNN: finished: expected dtype bool, got int32',
      );
      expectRefusal(
        answer({ nextState: input }),
        ShapeError,
        'rawRNN: nextState: expected an object with the keys c, h, got a tensor of shape [2, 3]',
      );
    });
    cell.dispose();
  });
});
