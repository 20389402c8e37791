import { Tensor } from '@tensorflow/tfjs-core';
import { ShapeError } from './shape-error.js';

/** A size that must match, or the name of an axis of any size from 1. */
export type ExpectedShape = readonly (number | string)[];

/**
 * Asserts that `value` is a live tensor of the expected shape and dtype.
 *
 * @param where - who complains, and about what: `dynamicRNN: inputs`
 * @throws TypeError if it is no tensor, of another dtype, or disposed
 * @throws {@link ShapeError} if it has another shape
 */
export function checkTensor(
  where: string,
  value: unknown,
  shape: ExpectedShape,
  dtype: 'bool' | 'float32' | 'int32' = 'float32',
): asserts value is Tensor {
  const expected = `expected a ${dtype} tensor of shape [${shape.join(', ')}]`;
  if (!(value instanceof Tensor)) throw new TypeError(`${where}: ${expected}, got ${kind(value)}`);
  if (value.isDisposed) throw new TypeError(`${where}: ${expected}, got a disposed tensor`);
  const fits =
    value.rank === shape.length &&
    shape.every((size, axis) =>
      typeof size === 'number' ? value.shape[axis] === size : value.shape[axis]! >= 1,
    );
  if (!fits) {
    const empty = shape.findIndex(
      (size, axis) => typeof size === 'string' && value.shape[axis] === 0,
    );
    const least = empty < 0 ? '' : ` with ${shape[empty]} from 1`;
    throw new ShapeError(
      `${where}: expected shape [${shape.join(', ')}]${least}, got [${value.shape.join(', ')}]`,
    );
  }
  if (value.dtype !== dtype) {
    throw new TypeError(`${where}: expected dtype ${dtype}, got ${value.dtype}`);
  }
}

/** What a value that should have been something else is called in an error. */
export function kind(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (value instanceof Tensor) return `a tensor of shape [${value.shape.join(', ')}]`;
  if (typeof value === 'object')
    return `an object with the keys [${Object.keys(value).join(', ')}]`;
  if (value === '') return 'an empty string';
  return typeof value;
}
