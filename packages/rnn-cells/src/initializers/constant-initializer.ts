import { fill, ones } from '@tensorflow/tfjs-core';
import type { Initializer } from './initializer.js';

/**
 * Every value the same.
 *
 * @throws RangeError if `value` is not a finite number
 */
export function constantInitializer(value: number): Initializer {
  if (!Number.isFinite(value)) {
    throw new RangeError(`constantInitializer: value: expected a finite number, got ${value}`);
  }
  return (shape) => fill(shape, value, 'float32');
}

/** All ones: TensorFlow 1's default of the bias of a GRU's gates. */
export function onesInitializer(): Initializer {
  return (shape) => ones(shape);
}
