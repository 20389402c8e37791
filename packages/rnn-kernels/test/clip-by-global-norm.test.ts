import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers'; // registers the gradients
import {
  grad,
  profile,
  randomNormal,
  scalar,
  setBackend,
  sum,
  type Tensor,
  tensor1d,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';
import { ClipByGlobalNorm, clipByGlobalNorm } from '@unroll/trainer';
import { expectClose, expectCloseOrSame, expectNoLeak } from '@unroll/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import '../src/cpu.js';
import '../src/wasm.js';
import { withoutKernels } from './without-kernels.js';

/** What there is to clip, by what is special about it. */
const cases: Readonly<Record<string, () => Record<string, Tensor>>> = {
  'gradients of several shapes': () => ({
    kernel: randomNormal([59, 31], 0, 1, 'float32', 1),
    bias: randomNormal([31], 0, 10, 'float32', 2),
    rate: scalar(3),
  }),
  zeros: () => ({ a: zeros([2, 3]), b: zeros([1]) }),
  'an infinite element': () => ({ a: tensor1d([1, Infinity]), b: tensor1d([2]) }),
  'an element that is NaN': () => ({ a: tensor1d([1, Number.NaN]), b: tensor1d([2]) }),
  'a sum of squares beyond float32': () => ({ a: tensor1d([3e20, 1]), b: tensor1d([4e20]) }),
};

describe.each(['cpu', 'wasm'])('ClipByGlobalNorm on %s', (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
  });

  const all = Object.keys(cases).flatMap((name) => [0.5, 1e3].map((clip) => [name, clip] as const));
  test.for(all)(
    'of %s, at most %d, is that of the composed form, in one kernel',
    async ([name, clipNorm]) => {
      await expectNoLeak(async () => {
        const { kernelNames } = await profile(() =>
          tidy(() => {
            const gradients = cases[name]!();
            const run = () => {
              const { clipped, globalNorm } = clipByGlobalNorm(gradients, clipNorm);
              return { ...clipped, globalNorm };
            };
            const results = Object.entries<Tensor>(run());
            const composed = Object.values<Tensor>(
              withoutKernels([ClipByGlobalNorm], backend, run),
            );
            for (const [i, [what, result]] of results.entries()) {
              const { shape } = composed[i]!;
              const values = composed[i]!.dataSync();
              expectCloseOrSame(result, { shape, values }, 1e-6, what);
            }
            return [];
          }),
        );
        expect(kernelNames).toContain(ClipByGlobalNorm);
      });
    },
  );

  test('is composed where a gradient of it may be wanted', () => {
    tidy(() => {
      const clippedSum = (x: Tensor) => sum(clipByGlobalNorm({ x }, 1).clipped['x']!);
      const values = [3, 4].map((x) => 1 / 5 - (x * 7) / 125);
      expectClose(grad(clippedSum)(tensor1d([3, 4])), { shape: [2], values }, 1e-6);
    });
  });
});
