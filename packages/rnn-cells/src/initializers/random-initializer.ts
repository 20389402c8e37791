import { randomNormal, randomUniform } from '@tensorflow/tfjs-core';
import { checkFinite, checkPositive } from '../checks/check-number.js';
import type { Initializer } from './initializer.js';
import { seedOf } from './seed-of.js';

export interface RandomUniformOptions {
  /** Lower bound, included. Default -0.05. */
  readonly min?: number;
  /** Upper bound, excluded. Default 0.05. */
  readonly max?: number;
  /** The same seed gives the same values. Default: another one each time. */
  readonly seed?: number | string;
}

/**
 * Uniform in `[min, max)`.
 *
 * @throws RangeError if a bound is not a finite number, or `max` not above `min`
 */
export function randomUniformInitializer({
  min = -0.05,
  max = 0.05,
  seed,
}: RandomUniformOptions = {}): Initializer {
  checkFinite('randomUniformInitializer: min', min);
  checkFinite('randomUniformInitializer: max', max);
  if (max <= min) {
    throw new RangeError(
      `randomUniformInitializer: max: expected a number above ${min}, got ${max}`,
    );
  }
  return (shape) => randomUniform(shape, min, max, 'float32', seed);
}

export interface RandomNormalOptions {
  /** Default 0. */
  readonly mean?: number;
  /** Default 0.05. */
  readonly standardDeviation?: number;
  /** The same seed gives the same values. Default: another one each time. */
  readonly seed?: number | string;
}

/**
 * Normal around `mean`.
 *
 * @throws RangeError if the mean is not a finite number, or the standard deviation not one above 0
 */
export function randomNormalInitializer({
  mean = 0,
  standardDeviation = 0.05,
  seed,
}: RandomNormalOptions = {}): Initializer {
  checkFinite('randomNormalInitializer: mean', mean);
  checkPositive('randomNormalInitializer: standardDeviation', standardDeviation);
  return (shape) => randomNormal(shape, mean, standardDeviation, 'float32', seedOf(seed));
}
