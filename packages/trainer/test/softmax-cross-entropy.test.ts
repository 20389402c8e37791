import '@tensorflow/tfjs-backend-cpu';
import { grad, ones, type Rank, type Tensor2D, tensor2d, tidy } from '@tensorflow/tfjs-core';
import { expectClose, expectNoLeak, type GoldenTensor, tensorOf } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import { softmaxCrossEntropy } from '../src/index.js';
import goldens from './goldens/softmax-cross-entropy.json' with { type: 'json' };

interface LossCase {
  readonly name: string;
  readonly labels: GoldenTensor;
  readonly logits: GoldenTensor;
  readonly loss: GoldenTensor;
  readonly gradient: GoldenTensor;
}

describe('softmaxCrossEntropy', () => {
  test.for(goldens.cases as unknown as LossCase[])(
    'loss and gradient of $name equal TensorFlow 1 (goldens/make_goldens.py)',
    async ({ labels, logits, loss, gradient }) => {
      await expectNoLeak(() =>
        tidy(() => {
          const truth = tensorOf(labels) as Tensor2D;
          const x = tensorOf(logits) as Tensor2D;
          expectClose(softmaxCrossEntropy(truth, x), loss, 1e-6, 'loss');
          const byLogits = grad((z) => softmaxCrossEntropy(truth, z as Tensor2D))(x);
          expectClose(byLogits, gradient, 1e-6, 'gradient');
        }),
      );
    },
  );

  test('the gradient is that of the loss even where the labels are gone by then', () => {
    tidy(() => {
      const x = tensor2d([[1, 2, 3]]);
      const loss = (z: Tensor2D, truth: Tensor2D) => softmaxCrossEntropy(truth, z);
      const kept = tensor2d([[0, 0, 1]]);
      const expected = grad((z) => loss(z as Tensor2D, kept))(x);
      const actual = grad((z) => {
        const lost = tensor2d([[0, 0, 1]]);
        const value = loss(z as Tensor2D, lost);
        lost.dispose();
        return value;
      })(x);
      expect([...actual.dataSync()]).toEqual([...expected.dataSync()]);
    });
  });

  test('leaves no tensor but the loss', async () => {
    const labels = tensor2d([[1, 0]]);
    const logits = tensor2d([[1, 2]]);
    await expectNoLeak(() => softmaxCrossEntropy(labels, logits).dispose());
    await expectNoLeak(() =>
      grad((x) => softmaxCrossEntropy(labels, x as Tensor2D))(logits).dispose(),
    );
    labels.dispose();
    logits.dispose();
  });

  test.for([
    [[2, 3], [3], 'logits: expected shape [batch, classes], got [3]'],
    [[2, 3], [2, 4], 'oneHotLabels: expected shape [2, 4], got [2, 3]'],
    [[1, 3], [2, 3], 'oneHotLabels: expected shape [2, 3], got [1, 3]'],
  ] as const)('refuses labels %o with logits %o', async ([labels, logits, message]) => {
    await expectNoLeak(() =>
      tidy(() => {
        const x = ones<Rank.R2>([...logits] as unknown as [number, number]);
        expect(() => softmaxCrossEntropy(ones<Rank.R2>([...labels]), x)).toThrow(
          new RangeError(`softmaxCrossEntropy: ${message}`),
        );
      }),
    );
  });
});
