import { randomUniform } from '@tensorflow/tfjs-core';
import type { Initializer } from './initializer.js';

export interface GlorotUniformOptions {
  /** The same seed gives the same values. Default: another one each time. */
  readonly seed?: number | string;
}

/**
 * Uniform in `[-limit, limit)` with `limit = sqrt(6 / (fanIn + fanOut))`, over the whole matrix
 * `[fanIn, fanOut]` as it is stored. For a cell that is the joined kernel `[inputSize + units, ...]`,
 * as in TensorFlow 1, where it is the default of every kernel.
 *
 * Source: Glorot and Bengio, Understanding the difficulty of training deep feedforward neural
 * networks, AISTATS 2010.
 */
export function glorotUniform({ seed }: GlorotUniformOptions = {}): Initializer {
  return (shape) => {
    const fanOut = shape.at(-1)!;
    const fanIn = shape.length > 1 ? shape.at(-2)! : fanOut;
    const limit = Math.sqrt(6 / (fanIn + fanOut));
    return randomUniform(shape, -limit, limit, 'float32', seed);
  };
}
