import { tensor, type Tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import { ShapeError } from './checks/shape-error.js';
import { relativeWeights } from './relative-weights.js';
import type { RNNCell } from './rnn-cell.js';

export interface WeightsOptions {
  /** The scope of the loop around the cell. Default `'rnn'`, as in TensorFlow 1's `dynamic_rnn`. */
  readonly scope?: string;
}

/** Values for one weight: a tensor, or numbers in row-major order with their shape. */
export type WeightValues =
  | Tensor
  | { readonly shape: readonly number[]; readonly values: ArrayLike<number> };

/**
 * The cell's variables by their TensorFlow 1 path, `rnn/multi_rnn_cell/cell_0/basic_rnn_cell/kernel`,
 * which depends on the cell's structure alone and not on what else was built before.
 *
 * @param cell - any cell, stack or wrapper
 * @param options - the loop's scope
 * @returns the variables themselves, no copies; the cell goes on owning them
 */
export function getWeights(
  cell: RNNCell<unknown>,
  { scope = 'rnn' }: WeightsOptions = {},
): Readonly<Record<string, Variable>> {
  const prefix = scope === '' ? '' : `${scope}/`;
  return Object.fromEntries(
    Object.entries(relativeWeights(cell)).map(([path, weight]) => [`${prefix}${path}`, weight]),
  );
}

/**
 * Gives the cell's variables new values, all or none.
 *
 * @param cell - any cell, stack or wrapper
 * @param values - by TensorFlow 1 path, one for each of the cell's variables and no other. Tensors
 * stay the caller's
 * @param options - the loop's scope
 * @throws RangeError if a path is missing or not known
 * @throws {@link ShapeError} if a shape or the number of values differs
 */
export function setWeights(
  cell: RNNCell<unknown>,
  values: Readonly<Record<string, WeightValues>>,
  options: WeightsOptions = {},
): void {
  const weights = getWeights(cell, options);
  const paths = Object.keys(weights).join(', ');
  for (const path of Object.keys(values)) {
    if (!Object.hasOwn(weights, path)) {
      throw new RangeError(`setWeights: expected the paths ${paths}, got ${path}`);
    }
  }
  for (const [path, weight] of Object.entries(weights)) {
    const value = values[path];
    if (value === undefined)
      throw new RangeError(`setWeights: expected a value for ${path}, got none`);
    checkValues(path, value, weight.shape);
  }
  for (const [path, weight] of Object.entries(weights)) {
    const value = values[path]!;
    tidy(() => weight.assign('values' in value ? toTensor(value.values, weight.shape) : value));
  }
}

function checkValues(path: string, value: WeightValues, shape: number[]): void {
  const size = shape.reduce((product, n) => product * n, 1);
  const same = value.shape.length === shape.length && value.shape.every((n, i) => n === shape[i]);
  if (!same) {
    throw new ShapeError(
      `setWeights: ${path}: expected shape [${shape.join(', ')}], got [${value.shape.join(', ')}]`,
    );
  }
  if ('values' in value && value.values.length !== size) {
    throw new ShapeError(
      `setWeights: ${path}: expected ${size} values, got ${value.values.length}`,
    );
  }
}

function toTensor(values: ArrayLike<number>, shape: number[]): Tensor {
  return tensor(Float32Array.from(values), shape, 'float32');
}
