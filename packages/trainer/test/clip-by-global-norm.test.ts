import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { grad, ones, sum, type Tensor, tensor, tensor1d, tidy } from '@tensorflow/tfjs-core';
import {
  expectClose,
  expectCloseOrSame,
  expectNoLeak,
  expectRefusal,
  type GoldenTensor,
} from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import { clipByGlobalNorm } from '../src/index.js';
import goldens from './goldens/clip-by-global-norm.json' with { type: 'json' };

/** Numbers as text, since JSON has neither Infinity nor NaN. */
interface Words {
  readonly shape: number[];
  readonly values: string[];
}

interface ClipCase {
  readonly name: string;
  readonly clipNorm: number;
  readonly gradients: readonly Words[];
  readonly clipped: readonly Words[];
  readonly globalNorm: Words;
}

const goldenOf = ({ shape, values }: Words): GoldenTensor => ({
  shape,
  values: values.map(Number),
});

describe('clipByGlobalNorm', () => {
  test.for(goldens.cases as readonly ClipCase[])(
    'of $name equals TensorFlow 1 (goldens/make_goldens.py)',
    async ({ clipNorm, gradients, clipped, globalNorm }) => {
      await expectNoLeak(() =>
        tidy(() => {
          const named = Object.fromEntries(
            gradients
              .map(goldenOf)
              .map(({ shape, values }, i) => [`${i}`, tensor([...values], [...shape])]),
          );
          const result = clipByGlobalNorm(named, clipNorm);
          expectCloseOrSame(result.globalNorm, goldenOf(globalNorm), 1e-6);
          expect(Object.keys(result.clipped)).toEqual(Object.keys(named));
          for (const [i, golden] of clipped.entries()) {
            expectCloseOrSame(result.clipped[i]!, goldenOf(golden), 1e-6);
          }
        }),
      );
    },
  );

  test('leaves what is not clipped as it is, to the last digit', () => {
    tidy(() => {
      const values = [0.1, 0.7, -0.3];
      const { clipped } = clipByGlobalNorm({ a: tensor1d(values) }, 3);
      expect([...clipped['a']!.dataSync()]).toEqual([...Float32Array.from(values)]);
    });
  });

  test('has a gradient', () => {
    tidy(() => {
      const clippedSum = (x: Tensor) => sum(clipByGlobalNorm({ x }, 1).clipped['x']!);
      // d/dx_i of Σx / |x| is 1 / |x| - x_i Σx / |x|³.
      const values = [3, 4].map((x) => 1 / 5 - (x * 7) / 125);
      expectClose(grad(clippedSum)(tensor1d([3, 4])), { shape: [2], values }, 1e-6);
    });
  });

  test('leaves no tensor but what is clipped, and the norm', async () => {
    const gradients = { a: ones([2]), b: ones([3, 1]) };
    await expectNoLeak(() => {
      const { clipped, globalNorm } = clipByGlobalNorm(gradients, 1);
      for (const result of [...Object.values(clipped), globalNorm]) result.dispose();
    });
    for (const gradient of Object.values(gradients)) gradient.dispose();
  });

  test.for([0, -1, Number.NaN, Number.POSITIVE_INFINITY])(
    'refuses a clipNorm of %d',
    (clipNorm) => {
      tidy(() => {
        const gradients = { a: ones([2]) };
        expectRefusal(
          () => clipByGlobalNorm(gradients, clipNorm),
          RangeError,
          `clipByGlobalNorm: clipNorm: expected a finite number above 0, got ${clipNorm}`,
        );
      });
    },
  );

  test('refuses no gradients, and one that is not float32', () => {
    tidy(() => {
      expectRefusal(
        () => clipByGlobalNorm({}, 1),
        RangeError,
        'clipByGlobalNorm: gradients: expected one or more, got none',
      );
      const gradients = { a: ones([2]), b: ones([2], 'int32') };
      expectRefusal(
        () => clipByGlobalNorm(gradients, 1),
        TypeError,
        'clipByGlobalNorm: gradients: b: expected dtype float32, got int32',
      );
    });
  });
});
