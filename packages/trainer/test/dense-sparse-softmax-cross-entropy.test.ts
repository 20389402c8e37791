import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers'; // registers the gradients
import {
  add,
  cast,
  grads,
  mul,
  ones,
  randomNormal,
  sum,
  type Tensor,
  tensor1d,
  type Tensor1D,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import {
  expectClose,
  expectNoLeak,
  expectRefusal,
  type GoldenTensor,
  tensorOf,
} from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import { denseSparseSoftmaxCrossEntropy } from '../src/index.js';
import goldens from './goldens/dense-softmax-cross-entropy.json' with { type: 'json' };

interface DenseCase {
  readonly name: string;
  readonly inputs: GoldenTensor;
  readonly kernel: GoldenTensor;
  readonly bias: GoldenTensor;
  readonly labels: number[];
  readonly upstream: GoldenTensor;
  readonly loss: GoldenTensor;
  readonly logits: GoldenTensor;
  readonly lossGradients: readonly GoldenTensor[];
  readonly logitsGradients: readonly GoldenTensor[];
}

function options([inputs, kernel, bias]: readonly Tensor[], labels: readonly number[]) {
  return {
    inputs: inputs as Tensor2D,
    kernel: kernel as Tensor2D,
    bias: bias as Tensor1D,
    labels: tensor1d([...labels], 'int32'),
  };
}

describe('denseSparseSoftmaxCrossEntropy', () => {
  test.for(goldens.cases as unknown as DenseCase[])(
    'loss, logits and the gradients of both equal TensorFlow 1 for $name (goldens/make_goldens.py)',
    async ({ inputs, kernel, bias, labels, upstream, ...expected }) => {
      await expectNoLeak(() =>
        tidy(() => {
          const given = [inputs, kernel, bias].map(tensorOf);
          const run = (...tensors: Tensor[]) =>
            denseSparseSoftmaxCrossEntropy(options(tensors, labels));
          const { loss, logits } = run(...given);
          expectClose(loss, expected.loss, 1e-6, 'loss');
          expectClose(logits, expected.logits, 1e-6, 'logits');
          const byLoss = grads((...tensors: Tensor[]) => run(...tensors).loss)(given);
          const byLogits = grads((...tensors: Tensor[]) => run(...tensors).logits)(
            given,
            tensorOf(upstream),
          );
          for (const i of given.keys()) {
            expectClose(byLoss[i]!, expected.lossGradients[i]!, 1e-6, `loss by input ${i}`);
            expectClose(byLogits[i]!, expected.logitsGradients[i]!, 1e-6, `logits by input ${i}`);
          }
        }),
      );
    },
  );

  test('its gradients are those of finite differences, of loss and logits together', () => {
    tidy(() => {
      const given = [[3, 2], [2, 5], [5]].map((shape, i) =>
        randomNormal(shape as [number], 0, 1, 'float32', i + 1),
      );
      const upstream = randomNormal([3, 5], 0, 0.1, 'float32', 9);
      const total = (...tensors: Tensor[]) => {
        const { loss, logits } = denseSparseSoftmaxCrossEntropy(options(tensors, [4, 0, 2]));
        return add(loss, sum(mul(logits, upstream)));
      };
      for (const [at, gradient] of grads(total)(given).entries()) {
        const slopes = [...given[at]!.dataSync().keys()].map((i) => slope(total, given, [at, i]));
        expectClose(gradient, { shape: gradient.shape, values: slopes }, 1e-3, `by input ${at}`);
      }
    });
  });

  test('leaves no tensor but loss and logits', async () => {
    const given = options([ones([2, 3]), ones([3, 4]), ones([4])], [0, 3]);
    await expectNoLeak(() => {
      const { loss, logits } = denseSparseSoftmaxCrossEntropy(given);
      loss.dispose();
      logits.dispose();
    });
    for (const tensor of Object.values(given)) tensor.dispose();
  });

  test.for([
    [{ inputs: [2, 3, 1] }, 'inputs: expected shape [batch, features], got [2, 3, 1]'],
    [{ kernel: [2, 4] }, 'kernel: expected shape [3, classes], got [2, 4]'],
    [{ bias: [3] }, 'bias: expected shape [4], got [3]'],
    [{ bias: [1, 4] }, 'bias: expected shape [4], got [1, 4]'],
    [{ kernel: [3, 1], bias: [1] }, 'kernel: expected at least 2 classes, got 1'],
    [{ labels: [0] }, 'labels: expected shape [2], got [1]'],
    [{ labels: [0, 4] }, 'labels: value 1: expected a class from 0 to 3, got 4'],
    [{ labels: [-1, 0] }, 'labels: value 0: expected a class from 0 to 3, got -1'],
  ] as const)('refuses %o', ([other, message]) => {
    const sizes = { inputs: [2, 3], kernel: [3, 4], bias: [4], labels: [0, 3], ...other };
    tidy(() => {
      const tensors = [sizes.inputs, sizes.kernel, sizes.bias].map((shape) =>
        ones(shape as unknown as [number]),
      );
      const given = options(tensors, sizes.labels);
      expectRefusal(
        () => denseSparseSoftmaxCrossEntropy(given),
        RangeError,
        `denseSparseSoftmaxCrossEntropy: ${message}`,
      );
    });
  });

  test.for([
    ['inputs', 'float32', 'int32'],
    ['kernel', 'float32', 'int32'],
    ['bias', 'float32', 'int32'],
    ['labels', 'int32', 'float32'],
  ] as const)('refuses %s that are not %s', ([name, expected, got]) => {
    tidy(() => {
      const given = options([ones([2, 3]), ones([3, 4]), ones([4])], [0, 3]);
      const wrong = { ...given, [name]: cast(given[name], got) };
      expectRefusal(
        () => denseSparseSoftmaxCrossEntropy(wrong),
        TypeError,
        `denseSparseSoftmaxCrossEntropy: ${name}: expected dtype ${expected}, got ${got}`,
      );
    });
  });
});

/** How fast `total` grows with one element of what is given. */
function slope(
  total: (...tensors: Tensor[]) => Tensor,
  given: readonly Tensor[],
  [at, i]: readonly [number, number],
): number {
  const step = 1e-2;
  const [up, down] = [step, -step].map((change) => {
    const values = given[at]!.dataSync().slice();
    values[i]! += change;
    const changed = tensorOf({ shape: given[at]!.shape, values: [...values] });
    return total(...given.map((tensor, j) => (j === at ? changed : tensor))).dataSync()[0]!;
  });
  expect(up).not.toBe(down);
  return (up! - down!) / (2 * step);
}
