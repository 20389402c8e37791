import { randomNormal, tensor, tidy } from '@tensorflow/tfjs-core';
import { checkPositive } from '../checks/check-number.js';
import type { Initializer } from './initializer.js';
import { seedOf } from './seed-of.js';

export interface OrthogonalOptions {
  /** What the matrix is multiplied with. Default 1. */
  readonly gain?: number;
  /** The same seed gives the same values. Default: another one each time. */
  readonly seed?: number | string;
}

/**
 * A matrix whose rows or columns, whichever are fewer, are orthogonal to each other and of length
 * `gain`: Q of the QR decomposition of a matrix of normal numbers, with R's diagonal positive, which
 * makes all such matrices equally likely. Axes before the last count as rows.
 *
 * It takes memory for two such matrices, in double precision.
 *
 * @param options - gain, seed
 * @throws RangeError if the gain is not a finite number above 0; when it is used, if there is but one
 * axis
 *
 * Source: Saxe, McClelland and Ganguli, Exact solutions to the nonlinear dynamics of learning in deep
 * linear neural networks, ICLR 2014; TensorFlow 1's `orthogonal_initializer`.
 */
export function orthogonal({ gain = 1, seed }: OrthogonalOptions = {}): Initializer {
  checkPositive('orthogonal: gain', gain);
  return (shape) => {
    const columns = shape.at(-1)!;
    const rows = shape.reduce((size, n) => size * n, 1) / columns;
    if (shape.length < 2) {
      throw new RangeError(
        `orthogonal: shape: expected two axes or more, got [${shape.join(', ')}]`,
      );
    }
    const count = Math.min(rows, columns);
    const length = Math.max(rows, columns);
    const normal = tidy(() =>
      randomNormal([count, length], 0, 1, 'float32', seedOf(seed)).dataSync(),
    );
    const vectors = orthonormalise(Float64Array.from(normal), count, length);
    const values = new Float32Array(rows * columns);
    for (let i = 0; i < count; i++) {
      for (let k = 0; k < length; k++) {
        const at = rows < columns ? i * columns + k : k * columns + i;
        values[at] = gain * vectors[i * length + k]!;
      }
    }
    return tensor(values, shape, 'float32');
  };
}

/**
 * Gram and Schmidt's process, in place, over `count` vectors one after the other in `vectors`. Each is
 * freed twice of those before it: once leaves rounding errors that grow with the dimension.
 */
function orthonormalise(vectors: Float64Array, count: number, length: number): Float64Array {
  for (let i = 0; i < count; i++) {
    const current = vectors.subarray(i * length, (i + 1) * length);
    for (let pass = 0; pass < 2; pass++) {
      for (let j = 0; j < i; j++) {
        const other = vectors.subarray(j * length, (j + 1) * length);
        const share = dot(current, other);
        for (let k = 0; k < length; k++) current[k]! -= share * other[k]!;
      }
    }
    const norm = Math.sqrt(dot(current, current));
    for (let k = 0; k < length; k++) current[k]! /= norm;
  }
  return vectors;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!;
  return sum;
}
