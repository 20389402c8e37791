import '@tensorflow/tfjs-backend-cpu';
import {
  add,
  cast,
  engine,
  grad,
  grads,
  mul,
  profile,
  randomNormal,
  scalar,
  setBackend,
  slice,
  square,
  sum,
  type Tensor,
  tensor1d,
  type Tensor1D,
  tensor2d,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import {
  DenseSoftmaxCrossEntropy,
  DenseSoftmaxCrossEntropyGrad,
  denseSparseSoftmaxCrossEntropy,
  type LossAndLogits,
} from '@unroll/trainer';
import { expectClose, expectNoLeak } from '@unroll/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import { sharedEngine } from '../src/core/shared-engine.js';
import '../src/cpu.js';
import '../src/wasm.js';
import { withoutKernels } from './without-kernels.js';

const kernelNames = [DenseSoftmaxCrossEntropy, DenseSoftmaxCrossEntropyGrad];

interface Size {
  readonly batch: number;
  readonly features: number;
  readonly classes: number;
}

/** Inputs, kernel and bias of a size, and a function of them. */
function setUp({ batch, features, classes }: Size, scale = 1) {
  const given = [[batch, features], [features, classes], [classes]].map((shape, i) =>
    randomNormal(shape as [number], 0, scale, 'float32', i + 1),
  );
  const labels = tensor1d(
    Array.from({ length: batch }, (_, row) => (row * 7 + 1) % classes),
    'int32',
  );
  const upstream = randomNormal([batch, classes], 0, 1, 'float32', 9);
  const run = (...[inputs, kernel, bias]: Tensor[]): LossAndLogits =>
    denseSparseSoftmaxCrossEntropy({
      inputs: inputs as Tensor2D,
      kernel: kernel as Tensor2D,
      bias: bias as Tensor1D,
      labels,
    });
  return { given, run, upstream };
}

/** What a user may differentiate: the loss, the logits, or something of both. */
const losses: readonly ((results: LossAndLogits, upstream: Tensor) => Tensor)[] = [
  ({ loss }) => mul(loss, 3),
  ({ logits }, upstream) => sum(mul(logits, upstream)),
  ({ loss, logits }, upstream) => add(mul(loss, 3), sum(mul(logits, upstream))),
];

const sizes = [
  [1, 1, 2],
  [1, 5, 2],
  [3, 1, 4],
  [7, 6, 3],
  [5, 13, 9],
  [128, 31, 10],
  [128, 128, 10],
].map(([batch, features, classes]) => ({ batch, features, classes }) as Size);

describe.each(['cpu', 'wasm'])('DenseSoftmaxCrossEntropy on %s', (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
  });

  test('leaves the backend nothing where the core has no more memory', () => {
    const { arena } = sharedEngine()!.core;
    const { given, run } = setUp(sizes[5]!);
    const held = engine().backend.numDataIds();
    const rest = arena.take(2 ** 31 - 192 - 4096);
    expect(() => tidy(() => run(...given).loss)).toThrow(RangeError);
    arena.give(rest);
    expect(engine().backend.numDataIds()).toBe(held);
    expect(arena.used).toBe(0);
  });

  test.for(sizes)(
    'gives the results and gradients of the composed form, $batch x $features x $classes',
    async (size) => {
      await expectNoLeak(() =>
        tidy(() => {
          const { given, run, upstream } = setUp(size);
          const all = () => {
            const { loss, logits } = run(...given);
            const gradients = losses.flatMap((lossOf) =>
              grads((...tensors: Tensor[]) => lossOf(run(...tensors), upstream))(given),
            );
            return [loss, logits, ...gradients];
          };
          const composed = withoutKernels(kernelNames, backend, all);
          for (const [i, result] of all().entries()) {
            const { shape } = composed[i]!;
            const tolerance = i === 0 ? 1e-6 : 1e-5;
            expectClose(
              result,
              { shape, values: composed[i]!.dataSync() },
              tolerance,
              `result ${i}`,
            );
          }
        }),
      );
    },
  );

  test('is one kernel, and one for its gradient, by the inputs only where it is wanted', async () => {
    const { given, run, upstream } = setUp({ batch: 4, features: 3, classes: 2 });
    const [inputs, kernel, bias] = given as [Tensor, Tensor, Tensor];
    const byWeights = await profile(() =>
      tidy(() => grads((k, b) => run(inputs, k, b).loss)([kernel, bias])),
    );
    const names = byWeights.kernels.map(({ name }) => name);
    expect(names.filter((name) => name !== 'Identity')).toEqual(kernelNames);
    const inputShapes = byWeights.kernels.find(({ name }) => name === kernelNames[1])!.inputShapes;
    expect(inputShapes).toEqual([[4, 3], [3, 2], [4], [4, 2], [], []]);
    const shapes = byWeights.kernels.find(({ name }) => name === kernelNames[1])!.outputShapes;
    expect(shapes).toEqual([[1], [3, 2], [2]]);
    const byInputs = await profile(() =>
      tidy(() => grad((x) => run(x, kernel, bias).loss)(inputs)),
    );
    const whole = byInputs.kernels.find(({ name }) => name === kernelNames[1])!;
    expect(whole.outputShapes[0]).toEqual([4, 3]);
    upstream.dispose();
  });

  test('its gradient is that of finite differences', () => {
    tidy(() => {
      const { given, run } = setUp({ batch: 3, features: 2, classes: 5 });
      const [inputs, kernel, bias] = given as [Tensor, Tensor, Tensor];
      const slopes = [...kernel.dataSync().keys()].map((i) => {
        const [up, down] = [1e-2, -1e-2].map((change) => {
          const values = Float32Array.from(kernel.dataSync());
          values[i]! += change;
          return run(inputs, tensor2d(values, [2, 5]), bias).loss.dataSync()[0]!;
        });
        return (up! - down!) / 2e-2;
      });
      const byKernel = grad((k) => run(inputs, k, bias).loss)(kernel);
      expectClose(byKernel, { shape: [2, 5], values: slopes }, 1e-3);
      expect(Math.max(...slopes.map(Math.abs))).toBeGreaterThan(0.05);
    });
  });

  test('bears logits of any size, as the composed form does', () => {
    tidy(() => {
      const labels = tensor1d([0, 1, 1, 0], 'int32');
      const inputs = tensor2d([[3e38], [-1e4], [200], [Number.NEGATIVE_INFINITY]]);
      const run = () => {
        const rows = [0, 1, 2, 3].map(
          (row) =>
            denseSparseSoftmaxCrossEntropy({
              inputs: slice(inputs, [row, 0], [1, 1]),
              kernel: tensor2d([[1, 0.5]]),
              bias: tensor1d([0, 0]),
              labels: slice(labels, row, 1),
            }).loss.dataSync()[0]!,
        );
        return rows;
      };
      const expected = withoutKernels(kernelNames, backend, run);
      expect(expected).toEqual([0, 0, 100, Number.NaN]);
      expect(run()).toEqual(expected);
    });
  });

  test('takes tensors that a cast left integers behind', () => {
    tidy(() => {
      const floats = tensor2d([[1, -2, 3]]);
      const given = {
        inputs: cast(cast(floats, 'int32'), 'float32'),
        kernel: tensor2d([
          [1, 0],
          [2, 0],
          [3, 1],
        ]),
        bias: cast(tensor1d([5, 6], 'int32'), 'float32'),
        labels: cast(tensor1d([false], 'bool'), 'int32'),
      };
      const { logits } = denseSparseSoftmaxCrossEntropy(given as never);
      expectClose(logits, { shape: [1, 2], values: [1 - 4 + 9 + 5, 3 + 6] }, 0);
    });
  });

  test('is composed inside a gradient of a gradient', async () => {
    const { given, run, upstream } = setUp({ batch: 2, features: 2, classes: 2 });
    const { kernelNames: names } = await profile(() =>
      tidy(() => {
        const [inputs, kernel, bias] = given as [Tensor, Tensor, Tensor];
        const slope = grad((x) => sum(square(run(x, kernel, bias).logits)));
        const bend = grad((x) => sum(slope(x)))(inputs);
        // Σ of d/dx Σ (xK + b)² is 2 Σ_ij ((xK + b) Kᵀ)_ij, and its gradient 2 · 1 · K Kᵀ.
        const [a, b, c, d] = [...kernel.dataSync()] as [number, number, number, number];
        const row = [a * a + b * b + a * c + b * d, a * c + b * d + c * c + d * d];
        const values = [...row, ...row].map((x) => 2 * x);
        expectClose(bend, { shape: [2, 2], values }, 1e-5);
        return scalar(0);
      }),
    );
    expect(names).not.toContain(DenseSoftmaxCrossEntropy);
    upstream.dispose();
  });
});
