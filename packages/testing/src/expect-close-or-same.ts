import type { Tensor } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { expectClose, type Numbers } from './expect-close.js';

/** {@link expectClose}, where what is infinite or NaN has to be the same. */
export function expectCloseOrSame(
  actual: Tensor,
  expected: Numbers,
  tolerance: number,
  what = 'tensor',
): void {
  const wanted = Array.from(expected.values);
  const values = [...actual.dataSync()];
  const odd = (numbers: number[]) => numbers.map((x) => (Number.isFinite(x) ? 0 : x));
  const even = (numbers: number[]) => numbers.map((x) => (Number.isFinite(x) ? x : 0));
  expect({ what, odd: odd(values) }).toEqual({ what, odd: odd(wanted) });
  const { shape } = actual;
  expectClose(
    { shape, values: even(values) },
    { shape: expected.shape, values: even(wanted) },
    tolerance,
    what,
  );
}
