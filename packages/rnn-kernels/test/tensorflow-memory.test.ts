import {
  findBackend,
  grads,
  memory,
  type Tensor,
  type Tensor3D,
  tidy,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { BasicLSTMCell, BasicRNNCell, dynamicRNN, GRUCell, type RNNCell } from '@unroll/rnn-cells';
import { expect, test } from 'vitest';
import type { Binding } from '../src/tensorflow/native-backend.js';
import '../src/tensorflow.js';
import { noise, noisySum, statesOf } from './cell-results.js';
import { describeOnTensorFlow } from './tensorflow-addon.js';

const cells: Readonly<Record<string, () => RNNCell<unknown>>> = {
  BasicRNN: () => new BasicRNNCell({ inputSize: 3, units: 4 }) as RNNCell<unknown>,
  LSTM: () => new BasicLSTMCell({ inputSize: 3, units: 4 }) as RNNCell<unknown>,
  GRU: () => new GRUCell({ inputSize: 3, units: 4 }) as RNNCell<unknown>,
  ResetAfterGRU: () =>
    new GRUCell({ inputSize: 3, units: 4, resetAfter: true }) as RNNCell<unknown>,
};

interface Native {
  readonly alive: number;
  /** Lets the op after so many others fail. */
  failAfter(ops: number): void;
}

/** Runs `body` with TensorFlow's own tensors counted, from 0 on. */
function withNative(body: (native: Native) => void): void {
  const backend = findBackend('tensorflow') as unknown as { binding: Binding };
  const { binding } = backend;
  let alive = 0;
  let left = Infinity;
  // The addon's own properties cannot be replaced.
  backend.binding = Object.create(binding, {
    createTensor: {
      value: (...args: Parameters<Binding['createTensor']>) => {
        alive += 1;
        return binding.createTensor(...args);
      },
    },
    executeOp: {
      value: (...args: Parameters<Binding['executeOp']>) => {
        if (left === 0) throw new Error('out of memory');
        left -= 1;
        const results = binding.executeOp(...args);
        alive += results.length;
        return results;
      },
    },
    deleteTensor: {
      value: (id: number) => {
        alive -= 1;
        binding.deleteTensor(id);
      },
    },
  }) as Binding;
  try {
    body({
      get alive() {
        return alive;
      },
      failAfter(ops) {
        left = ops;
      },
    });
  } finally {
    backend.binding = binding;
  }
}

describeOnTensorFlow('a training step on tensorflow', () => {
  test.for(Object.entries(cells))(
    'by %s leaves no tensor, neither TensorFlow.js’s nor TensorFlow’s',
    ([, make]) => {
      const cell = make();
      const inputs = noise([5, 6, 3], 1) as Tensor3D;
      const loss = (): Tensor => {
        // One whose gradient nobody takes.
        dynamicRNN(cell, inputs);
        const options = { sequenceLength: [6, 0, 3, 2, 5] };
        return noisySum(statesOf(dynamicRNN(cell, inputs, options).finalState));
      };
      withNative((native) => {
        const counts = Array.from({ length: 4 }, () => {
          tidy(() => {
            grads(loss)(cell.trainableVariables as unknown as Tensor[]);
            // Off the tape: the first pass after a recording frees what it left.
            return dynamicRNN(cell, inputs).outputs;
          }).dispose();
          return [native.alive, memory().numTensors, memory().numDataBuffers];
        });
        expect(counts.slice(1)).toEqual([counts[0], counts[0], counts[0]]);
      });
      inputs.dispose();
      cell.dispose();
    },
  );

  test('that fails halfway leaves none either', () => {
    const cell = new BasicRNNCell({ inputSize: 3, units: 4 });
    const inputs = noise([5, 6, 3], 1) as Tensor3D;
    tidy(() => dynamicRNN(cell, inputs).outputs).dispose();
    withNative((native) => {
      native.failAfter(20);
      expect(() => tidy(() => dynamicRNN(cell, inputs).outputs)).toThrow('out of memory');
      expect(native.alive).toBe(0);
    });
    inputs.dispose();
    cell.dispose();
  });
});
