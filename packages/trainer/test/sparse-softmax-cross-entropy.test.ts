import '@tensorflow/tfjs-backend-cpu';
import { grad, tensor1d, tensor2d, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { expectClose, expectNoLeak, type GoldenTensor, tensorOf } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import { accuracy, sparseSoftmaxCrossEntropy } from '../src/index.js';
import goldens from './goldens/sparse-softmax-cross-entropy.json' with { type: 'json' };

interface LossCase {
  readonly name: string;
  readonly labels: number[];
  readonly logits: GoldenTensor;
  readonly loss: GoldenTensor;
  readonly gradient: GoldenTensor;
}

describe('sparseSoftmaxCrossEntropy', () => {
  test.for(goldens.cases as unknown as LossCase[])(
    'loss and gradient of $name equal TensorFlow 1',
    async ({ labels, logits, loss, gradient }) => {
      await expectNoLeak(() =>
        tidy(() => {
          const truth = tensor1d(labels, 'int32');
          const x = tensorOf(logits) as Tensor2D;
          expectClose(sparseSoftmaxCrossEntropy(truth, x), loss, 1e-6, 'loss');
          const byLogits = grad((z) => sparseSoftmaxCrossEntropy(truth, z as Tensor2D))(x);
          expectClose(byLogits, gradient, 1e-6, 'gradient');
        }),
      );
    },
  );

  test('leaves no tensor but the loss', async () => {
    const labels = tensor1d([0, 1], 'int32');
    const logits = tensor2d([
      [1, 2],
      [3, 4],
    ]);
    await expectNoLeak(() => sparseSoftmaxCrossEntropy(labels, logits).dispose());
    await expectNoLeak(() => accuracy(labels, logits).dispose());
    labels.dispose();
    logits.dispose();
  });

  test('refuses labels that are not one for each row', async () => {
    await expectNoLeak(() =>
      tidy(() => {
        const logits = tensor2d([[1, 2]]);
        expect(() => sparseSoftmaxCrossEntropy(tensor1d([0, 1], 'int32'), logits)).toThrow(
          new RangeError('sparseSoftmaxCrossEntropy: labels: expected shape [1], got [2]'),
        );
        expect(() => accuracy(tensor1d([0, 1], 'int32'), logits)).toThrow(
          new RangeError('accuracy: labels: expected shape [1], got [2]'),
        );
      }),
    );
  });
});

describe('accuracy', () => {
  test('is the share of rows whose largest logit is the label', () => {
    tidy(() => {
      const logits = tensor2d([
        [1, 2, 0],
        [3, 1, 2],
        [0, 1, 5],
        [0, 1, 5],
      ]);
      expect(accuracy(tensor1d([1, 0, 2, 0], 'int32'), logits).dataSync()[0]).toBe(0.75);
    });
  });
});
