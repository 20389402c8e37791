import { add, floor, mul, randomUniform, type Tensor2D, tidy } from '@tensorflow/tfjs-core';

/** Sets some features of each row to zero, and scales the others up so that the mean stays. */
export type Dropout = (x: Tensor2D) => Tensor2D;

/**
 * A mask of numbers that are 0, or `1 / keepProb` with probability `keepProb`.
 *
 * @param shape - of the mask; `[1, features]` drops the same features in every row
 */
export function dropoutMask(shape: [number, number], keepProb: number, seed?: string): Tensor2D {
  return tidy(() => {
    const uniform = randomUniform(shape, 0, 1, 'float32', seed);
    return mul<Tensor2D>(floor(add(uniform, keepProb)), 1 / keepProb);
  });
}

/** A dropout with another mask at each call. The same seed gives the same masks in the same order. */
export function seededDropout(keepProb: number, seed?: number | string): Dropout {
  let draws = 0;
  return (x) =>
    tidy(() => {
      draws += 1;
      const drawSeed = seed === undefined ? undefined : `${seed}/${draws}`;
      return mul(x, dropoutMask(x.shape, keepProb, drawSeed));
    });
}
