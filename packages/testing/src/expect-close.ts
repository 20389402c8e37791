import type { Tensor } from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

/** Numbers with a shape, as the goldens hold them. */
export interface Numbers {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number>;
}

/**
 * Asserts that a tensor has the expected shape, and every value the expected one within
 * `tolerance * max(1, |expected|)`. NaN is never close to anything.
 */
export function expectClose(
  actual: Tensor | Numbers,
  expected: Numbers,
  tolerance: number,
  what = 'tensor',
): void {
  const values = 'values' in actual ? actual.values : actual.dataSync();
  expect([...actual.shape], `${what}: shape`).toEqual([...expected.shape]);
  expect(values.length, `${what}: size`).toBe(expected.values.length);
  let worst = 0;
  let at = -1;
  for (let i = 0; i < values.length; i++) {
    const want = expected.values[i] as number;
    const error = Math.abs((values[i] as number) - want) / Math.max(1, Math.abs(want));
    if (!(error <= worst)) {
      worst = error;
      at = i;
      if (Number.isNaN(error)) break;
    }
  }
  expect(
    worst <= tolerance,
    `${what}: value ${at}: expected ${expected.values[at]} within ${tolerance}, got ${values[at]}`,
  ).toBe(true);
}
