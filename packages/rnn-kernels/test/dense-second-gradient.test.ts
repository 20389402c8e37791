import '@tensorflow/tfjs-backend-cpu';
import {
  grad,
  grads,
  ones,
  square,
  sum,
  tensor1d,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { denseSparseSoftmaxCrossEntropy } from '@unroll/trainer';
import { expect, test } from 'vitest';
import '../src/cpu.js';

// Alone in its file: what the failed gradient has on its tape is TensorFlow.js's to free, and it does not.
test('a second gradient of a loss from outside of the inner one is refused with the reason', () => {
  const penalty = () =>
    grad((inputs) => {
      const { loss } = denseSparseSoftmaxCrossEntropy({
        inputs: inputs as Tensor2D,
        kernel: ones([2, 3]),
        bias: ones([3]),
        labels: tensor1d([0], 'int32'),
      });
      return sum(square(grads(() => loss)([inputs])[0]!));
    })(ones([1, 2]));
  expect(() => tidy(penalty)).toThrow(
    'DenseSoftmaxCrossEntropy: expected a first gradient, got a second one of a result from outside of the inner gradient; compute the loss inside of it',
  );
});
