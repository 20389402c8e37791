import { mul, scalar, type Scalar, square, sub, tidy, variable } from '@tensorflow/tfjs-core';
import { adam, type TrainOptions } from '../src/index.js';

/** Fits a number `w` to the batches' numbers: loss `(w - x)²`, metric `accuracy` the number itself. */
export function setUp(
  train_: readonly number[],
  test_: readonly number[] = [],
): TrainOptions<{ x: Scalar }> & { dispose(): void } {
  const w = tidy(() => variable(scalar(0)));
  const optimizer = adam({ learningRate: 0.1 });
  const batches = (numbers: readonly number[]) => ({
    length: numbers.length,
    *[Symbol.iterator]() {
      for (const x of numbers) yield { x: scalar(x) };
    },
  });
  return {
    variables: { w },
    optimizer,
    evaluate: ({ x }) => ({ loss: square(sub(w, x)), metrics: { accuracy: mul(x, 1) } }),
    trainBatches: batches(train_),
    testBatches: batches(test_),
    epochs: 2,
    dispose() {
      w.dispose();
      optimizer.dispose();
    },
  };
}
