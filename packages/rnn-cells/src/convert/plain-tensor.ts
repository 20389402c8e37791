import { kind } from '../checks/check-tensor.js';
import { ShapeError } from '../checks/shape-error.js';

/** Numbers with their shape, in row-major order. Nothing of it lives on a backend. */
export interface PlainTensor {
  readonly shape: readonly number[];
  readonly values: Float32Array;
}

export type PlainTensors = Readonly<Record<string, PlainTensor>>;

/** The number of values that a shape holds. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/**
 * Asserts that `value` is a plain tensor of the expected shape; a name there stands for any size
 * from 1.
 *
 * @throws TypeError if it is none, or its values are no Float32Array
 * @throws {@link ShapeError} if it has another shape, or another number of values
 */
export function checkPlainTensor(
  where: string,
  value: unknown,
  shape: readonly (number | string)[],
): asserts value is PlainTensor {
  if (!isPlainTensor(value)) {
    throw new TypeError(
      `${where}: expected { shape: [${shape.join(', ')}], values: Float32Array }, got ${kind(value)}`,
    );
  }
  const fits =
    value.shape.length === shape.length &&
    shape.every((size, axis) =>
      typeof size === 'number'
        ? value.shape[axis] === size
        : Number.isSafeInteger(value.shape[axis]) && value.shape[axis]! >= 1,
    );
  if (!fits) {
    throw new ShapeError(
      `${where}: expected shape [${shape.join(', ')}], got [${value.shape.join(', ')}]`,
    );
  }
  const size = sizeOf(value.shape);
  if (value.values.length !== size) {
    throw new ShapeError(`${where}: expected ${size} values, got ${value.values.length}`);
  }
}

function isPlainTensor(value: unknown): value is PlainTensor {
  return (
    typeof value === 'object' &&
    value !== null &&
    'shape' in value &&
    Array.isArray(value.shape) &&
    'values' in value &&
    value.values instanceof Float32Array
  );
}
