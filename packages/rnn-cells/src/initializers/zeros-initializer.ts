import { zeros } from '@tensorflow/tfjs-core';
import type { Initializer } from './initializer.js';

/** All zeros: TensorFlow 1's default of every bias but a GRU's gates. */
export function zerosInitializer(): Initializer {
  return (shape) => zeros(shape);
}
