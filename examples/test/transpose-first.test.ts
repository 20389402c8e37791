import {
  backend,
  matMul,
  range,
  reshape,
  setBackend,
  type Tensor3D,
  tidy,
  transpose,
} from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import '../src/transpose-first.js';

const flags = [
  [false, false],
  [false, true],
  [true, false],
  [true, true],
] as const;

describe('transpose-first', () => {
  test.for(flags)(
    'the product with transposeA %o and transposeB %o is the same',
    async ([a, b]) => {
      await setBackend('wasm');
      const before = backend().numDataIds();
      tidy(() => {
        // [2, 3, 4] times [2, 4, 5]
        const left: Tensor3D = reshape(range(0, 24), [2, 3, 4]);
        const right: Tensor3D = reshape(range(0, 40), [2, 4, 5]);
        const swap = (x: Tensor3D, swapped: boolean) => (swapped ? transpose(x, [0, 2, 1]) : x);
        const product = matMul(swap(left, a), swap(right, b), a, b);
        expect(product.shape).toEqual([2, 3, 5]);
        const [row] = product.arraySync() as number[][][];
        expect(row).toEqual([
          [70, 76, 82, 88, 94],
          [190, 212, 234, 256, 278],
          [310, 348, 386, 424, 462],
        ]);
        expect(product.dataSync().at(-1)).toBe(20 * 24 + 21 * 29 + 22 * 34 + 23 * 39);
      });
      expect(backend().numDataIds()).toBe(before);
    },
  );
});
