import '@tensorflow/tfjs-backend-cpu';
import {
  cast,
  grads,
  ones,
  type Rank,
  type Scalar,
  type Tensor,
  type Tensor2D,
  type Tensor3D,
  tensor3d,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { expectClose, expectNoLeak, type GoldenTensor, tensorOf } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import { sequenceLoss } from '../src/index.js';
import goldens from './goldens/sequence-loss.json' with { type: 'json' };

interface LossCase {
  readonly name: string;
  readonly logits: GoldenTensor;
  readonly targets: GoldenTensor;
  readonly weights: GoldenTensor;
  readonly loss: GoldenTensor;
  readonly gradients: { readonly logits: GoldenTensor; readonly weights: GoldenTensor };
}

const lossOf = (targets: Tensor) => (logits: Tensor, weights: Tensor) =>
  sequenceLoss(logits as Tensor3D, targets as Tensor2D, weights as Tensor2D);

describe('sequenceLoss', () => {
  test.for(goldens.cases as unknown as LossCase[])(
    'loss and gradients with $name equal TensorFlow 1 (goldens/make_goldens.py)',
    async (golden) => {
      await expectNoLeak(() =>
        tidy(() => {
          const loss = lossOf(cast(tensorOf(golden.targets), 'int32'));
          const inputs = [tensorOf(golden.logits), tensorOf(golden.weights)] as const;
          expectClose(loss(...inputs), golden.loss, 1e-6, 'loss');
          const [byLogits, byWeights] = grads(loss)([...inputs]);
          expectClose(byLogits!, golden.gradients.logits, 1e-6, 'gradient by the logits');
          expectClose(byWeights!, golden.gradients.weights, 1e-6, 'gradient by the weights');
        }),
      );
    },
  );

  // Printed by tf.contrib.seq2seq.sequence_loss itself, in the tutorial's last cells.
  test.for([
    [
      [
        [0, 1],
        [0, 1],
        [0, 1],
      ],
      0.313262,
    ],
    [
      [
        [1, 0],
        [1, 0],
        [1, 0],
      ],
      1.31326,
    ],
    [
      [
        [0, 1],
        [1, 0],
        [0, 1],
      ],
      0.646595,
    ],
  ] as const)('the loss of three ones predicted by %o is %d', async ([prediction, printed]) => {
    await expectNoLeak(() =>
      tidy(() => {
        const logits = tensor3d([prediction.map((step) => [...step])]);
        const loss: Scalar = sequenceLoss(logits, ones([1, 3], 'int32'), ones([1, 3]));
        expect(loss.dataSync()[0]).toBeCloseTo(printed, 5);
      }),
    );
  });

  test('leaves no tensor but the loss', async () => {
    const logits = zeros<Rank.R3>([2, 3, 4]);
    const targets = ones<Rank.R2>([2, 3], 'int32');
    const weights = ones<Rank.R2>([2, 3]);
    await expectNoLeak(() => sequenceLoss(logits, targets, weights).dispose());
    logits.dispose();
    targets.dispose();
    weights.dispose();
  });

  test('refuses shapes that do not fit', async () => {
    await expectNoLeak(() =>
      tidy(() => {
        const logits = zeros<Rank.R3>([2, 3, 4]);
        const targets = zeros<Rank.R2>([2, 3], 'int32');
        const weights = ones<Rank.R2>([2, 3]);
        const call =
          (...args: Parameters<typeof sequenceLoss>) =>
          () =>
            sequenceLoss(...args);
        expect(call(weights as unknown as Tensor3D, targets, weights)).toThrow(
          new RangeError('sequenceLoss: logits: expected shape [batch, time, classes], got [2, 3]'),
        );
        expect(call(logits, zeros([3, 2], 'int32'), weights)).toThrow(
          new RangeError('sequenceLoss: targets: expected shape [2, 3], got [3, 2]'),
        );
        expect(call(logits, targets, ones([2, 4]))).toThrow(
          new RangeError('sequenceLoss: weights: expected shape [2, 3], got [2, 4]'),
        );
        expect(call(logits, weights, weights)).toThrow(
          new TypeError('sequenceLoss: targets: expected dtype int32, got float32'),
        );
      }),
    );
  });
});
