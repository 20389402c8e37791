import '@tensorflow/tfjs-backend-cpu';
import { grad, grads, ones, type Rank, square, sum, tidy } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { BasicRNNCell, dynamicRNN } from '@unroll/rnn-cells';
import { expect, test } from 'vitest';
import '../src/cpu.js';

// Alone in its file: what the failed gradient has on its tape is TensorFlow.js's to free, and it does not.
test('a second gradient of a result from outside of the inner one is refused with the reason', () => {
  const cell = new BasicRNNCell({ inputSize: 2, units: 2, activation: 'linear' });
  const inputs = ones<Rank.R3>([1, 2, 2]);
  const penalty = () =>
    grad((x) => {
      const y = sum(dynamicRNN(cell, x as typeof inputs).outputs);
      return sum(square(grads(() => y)([x])[0]!));
    })(inputs);
  expect(() => tidy(penalty)).toThrow(
    'BasicRNNSequence: expected a first gradient, got a second one of a result from outside of the inner gradient; call the loop inside of it',
  );
});
