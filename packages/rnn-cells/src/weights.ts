import { Tensor, tensor, tidy, type Variable } from '@tensorflow/tfjs-core';
import { checkVariables } from './checks/check-cell.js';
import { checkTensor, kind } from './checks/check-tensor.js';
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
 * @throws TypeError if a value is neither a live float32 tensor nor numbers with a shape, or the cell is
 * disposed
 */
export function setWeights(
  cell: RNNCell<unknown>,
  values: Readonly<Record<string, WeightValues>>,
  options: WeightsOptions = {},
): void {
  checkVariables('setWeights: cell', cell);
  const weights = getWeights(cell, options);
  const paths = Object.keys(weights).join(', ');
  for (const path of Object.keys(values)) {
    if (!Object.hasOwn(weights, path)) {
      throw new RangeError(`setWeights: expected the paths ${paths}, got ${path}`);
    }
  }
  for (const [path, weight] of Object.entries(weights)) {
    if (!Object.hasOwn(values, path)) {
      throw new RangeError(`setWeights: expected a value for ${path}, got none`);
    }
    checkValues(`setWeights: ${path}`, values[path], weight.shape);
  }
  for (const [path, weight] of Object.entries(weights)) assignValue(weight, values[path]!);
}

function checkValues(where: string, value: unknown, shape: number[]): void {
  if (value instanceof Tensor) {
    checkTensor(where, value, shape);
    return;
  }
  if (!isNumbers(value)) {
    throw new TypeError(`${where}: expected a tensor, or { shape, values }, got ${kind(value)}`);
  }
  const { shape: got, values } = value;
  if (got.length !== shape.length || !got.every((n, i) => n === shape[i])) {
    throw new ShapeError(`${where}: expected shape [${shape.join(', ')}], got [${got.join(', ')}]`);
  }
  const size = shape.reduce((product, n) => product * n, 1);
  if (values.length !== size) {
    throw new ShapeError(`${where}: expected ${size} values, got ${values.length}`);
  }
  const other = Array.from(values).findIndex((one: unknown) => typeof one !== 'number');
  if (other >= 0) {
    throw new TypeError(`${where}: value ${other}: expected a number, got ${kind(values[other])}`);
  }
}

function isNumbers(value: unknown): value is Exclude<WeightValues, Tensor> {
  if (typeof value !== 'object' || value === null) return false;
  const { shape, values } = value as { shape?: unknown; values?: unknown };
  return Array.isArray(shape) && (Array.isArray(values) || ArrayBuffer.isView(values));
}

function assignValue(weight: Variable, value: WeightValues): void {
  if (!(value instanceof Tensor)) {
    tidy(() => weight.assign(tensor(Float32Array.from(value.values), weight.shape, 'float32')));
  } else if (value.dataId !== weight.dataId) {
    // A variable that is assigned its own data would free it first.
    weight.assign(value);
  }
}
