import {
  add,
  grads,
  mul,
  profile,
  randomNormal,
  slice,
  sum,
  type Tensor,
  tensor1d,
  type Tensor1D,
  tensor2d,
  type Tensor2D,
  tidy,
  type Variable,
  variable,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { expectClose, expectCloseOrSame, expectNoLeak } from '@unroll/testing';
import {
  Accuracy,
  accuracy,
  adam,
  ApplyAdam,
  ApplyRMSProp,
  DenseSoftmaxCrossEntropy,
  DenseSoftmaxCrossEntropyGrad,
  denseSparseSoftmaxCrossEntropy,
  type Optimizer,
  rmsProp,
} from '@unroll/trainer';
import { expect, test } from 'vitest';
import '../src/tensorflow.js';
import { describeOnTensorFlow } from './tensorflow-addon.js';
import { withoutKernels } from './without-kernels.js';

/** Asserts the results of the composed form, by the kernels alone, with no tensor left. */
async function expectParity(
  names: readonly string[],
  run: () => Tensor[],
  tolerance: number,
): Promise<void> {
  await expectNoLeak(async () => {
    const { kernelNames } = await profile(() =>
      tidy(() => {
        const composed = withoutKernels(names, 'tensorflow', run).map((one) => {
          const numbers = { shape: one.shape, values: one.dataSync() };
          one.dispose();
          return numbers;
        });
        for (const [i, result] of run().entries()) {
          expectCloseOrSame(result, composed[i]!, tolerance, `result ${i}`);
          result.dispose();
        }
        return [];
      }),
    );
    for (const name of names) expect(kernelNames).toContain(name);
  });
}

const lossKernels = [DenseSoftmaxCrossEntropy, DenseSoftmaxCrossEntropyGrad];

const sizes = [
  [1, 1, 2],
  [7, 6, 3],
  [128, 31, 10],
] as const;

function fourUpdates(create: () => Optimizer): Variable[] {
  const optimizer = create();
  const kernel = variable(tensor2d([1, -2, 3, 4, 0, 0.5], [2, 3]));
  const bias = variable(randomNormal([901], 0, 1, 'float32', 9));
  for (let step = 0; step < 4; step++) {
    tidy(() => {
      const gradients = {
        kernel: randomNormal([2, 3], 0, 10, 'float32', step + 1),
        bias: randomNormal([901], 0, 1e-3, 'float32', step + 50),
      };
      optimizer.applyGradients({ kernel, bias }, gradients);
    });
  }
  optimizer.dispose();
  return [kernel, bias];
}

describeOnTensorFlow('a kernel of a training step on tensorflow', () => {
  test.for(sizes)('of the loss and its gradient gives what composed ops give: %o', async (size) => {
    const [batch, features, classes] = size;
    await expectParity(
      lossKernels,
      () => {
        const given = [[batch, features], [features, classes], [classes]].map((shape, i) =>
          randomNormal(shape as [number], 0, 1, 'float32', i + 1),
        );
        const labels = tensor1d(
          Array.from({ length: batch }, (_, row) => (row * 7 + 1) % classes),
          'int32',
        );
        const upstream = randomNormal([batch, classes], 0, 1, 'float32', 9);
        const run = ([inputs, kernel, bias]: Tensor[]) =>
          denseSparseSoftmaxCrossEntropy({
            inputs: inputs as Tensor2D,
            kernel: kernel as Tensor2D,
            bias: bias as Tensor1D,
            labels,
          });
        const ofBoth = (...tensors: Tensor[]) => {
          const { loss, logits } = run(tensors);
          return add<Tensor>(mul(loss, 3), sum(mul(logits, upstream)));
        };
        const { loss, logits } = run(given);
        return [
          loss,
          logits,
          ...grads((...tensors) => run(tensors).loss)(given),
          ...grads(ofBoth)(given),
        ];
      },
      1e-5,
    );
  });

  test('of the loss bears infinite logits, and labels outside of the classes', async () => {
    await expectParity(
      [DenseSoftmaxCrossEntropy],
      () => {
        const inputs = tensor2d([[3e38], [-1e4], [Number.NEGATIVE_INFINITY], [1], [2]]);
        return [0, 1, 2, 3, 4].map((row) => {
          const { loss } = denseSparseSoftmaxCrossEntropy({
            inputs: slice(inputs, [row, 0], [1, 1]),
            kernel: tensor2d([[1, 0.5]]),
            bias: tensor1d([0, 0]),
            labels: tensor1d([[0, 1, 0, -1, 2][row]!], 'int32'),
          });
          return loss;
        });
      },
      1e-6,
    );
  });

  test('of the accuracy counts rows whose first largest logit is the label', async () => {
    await expectNoLeak(async () => {
      const { kernels } = await profile(() =>
        tidy(() => {
          const logits = tensor2d([
            [1, 2, 0],
            [3, 3, 2],
            [3, 3, 2],
            [-1, -Infinity, -0.5],
          ]);
          const result = accuracy(tensor1d([1, 0, 1, 2], 'int32'), logits);
          expectClose(result, { shape: [], values: [0.75] }, 0);
          return [];
        }),
      );
      expect(kernels.map(({ name }) => name)).toEqual([Accuracy]);
    });
  });

  test.for([
    [ApplyAdam, () => adam({ learningRate: 0.01 })],
    [ApplyRMSProp, () => rmsProp({ learningRate: 0.01, decay: 0.8, momentum: 0.9 })],
  ] as const)('%s updates as the composed steps do', async ([kernelName, create]) => {
    await expectParity([kernelName], () => fourUpdates(create), 1e-6);
  });
});
