import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { grad, tensor1d, tensor2d, type Tensor2D, tidy, mul, zeros } from '@tensorflow/tfjs-core';
import {
  expectClose,
  expectNoLeak,
  expectRefusal,
  type GoldenTensor,
  tensorOf,
} from '@unroll/testing';
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

  test('a class that cannot be has probability zero, and costs nothing when it is not the label', () => {
    tidy(() => {
      const labels = tensor1d([0, 0], 'int32');
      const logits = tensor2d([
        [1, Number.NEGATIVE_INFINITY, 0],
        [3e38, -3e38, -3e38],
      ]);
      const loss = sparseSoftmaxCrossEntropy(labels, logits);
      expectClose(loss, { shape: [], values: [0.31326166 / 2] }, 1e-6);
      const byLogits = grad((x) => sparseSoftmaxCrossEntropy(labels, x as Tensor2D))(logits);
      const values = [-0.13447, 0, 0.13447, 0, 0, 0];
      expectClose(byLogits, { shape: [2, 3], values }, 1e-5);
    });
  });

  test('its gradient is that of its upstream, even when the labels are gone by then', () => {
    tidy(() => {
      const logits = tensor2d([[1, 2, 3]]);
      const loss = (x: Tensor2D) =>
        mul(
          3,
          tidy(() => sparseSoftmaxCrossEntropy(tensor1d([1], 'int32'), x)),
        );
      const byLogits = grad((x) => loss(x as Tensor2D))(logits);
      const values = [3 * 0.09003057, 3 * (0.24472847 - 1), 3 * 0.66524096];
      expectClose(byLogits, { shape: [1, 3], values }, 1e-5);
    });
  });

  test.for([5, -1])('refuses the label %d of 3 classes', (label) => {
    tidy(() => {
      const labels = tensor1d([0, label], 'int32');
      const logits: Tensor2D = zeros([2, 3]);
      expectRefusal(
        () => sparseSoftmaxCrossEntropy(labels, logits),
        RangeError,
        `sparseSoftmaxCrossEntropy: labels: value 1: expected a class from 0 to 2, got ${label}`,
      );
    });
  });

  test('refuses logits that are no matrix', () => {
    tidy(() => {
      const [labels, logits] = [tensor1d([0], 'int32'), tensor1d([0])];
      expectRefusal(
        () => sparseSoftmaxCrossEntropy(labels, logits as unknown as Tensor2D),
        RangeError,
        'sparseSoftmaxCrossEntropy: logits: expected shape [batch, classes], got [1]',
      );
    });
  });

  test('refuses labels that are not one for each row', async () => {
    await expectNoLeak(() =>
      tidy(() => {
        const logits = tensor2d([[1, 2]]);
        expect(() => sparseSoftmaxCrossEntropy(tensor1d([0, 1], 'int32'), logits)).toThrow(
          new RangeError('sparseSoftmaxCrossEntropy: labels: expected shape [1], got [2]'),
        );
        expect(() => sparseSoftmaxCrossEntropy(tensor1d([0]), logits)).toThrow(
          new TypeError('sparseSoftmaxCrossEntropy: labels: expected dtype int32, got float32'),
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

  test('refuses labels and logits of another kind', () => {
    tidy(() => {
      const [labels, logits] = [tensor1d([1], 'int32'), tensor2d([[1, 2]])];
      const floats = tensor1d([1]);
      const integers = tensor2d([[1, 2]], [1, 2], 'int32');
      expectRefusal(
        () => accuracy(floats, logits),
        TypeError,
        'accuracy: labels: expected dtype int32, got float32',
      );
      expectRefusal(
        () => accuracy(labels, integers),
        TypeError,
        'accuracy: logits: expected dtype float32, got int32',
      );
    });
  });
});
