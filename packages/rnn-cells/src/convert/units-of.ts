import { ShapeError } from '../checks/shape-error.js';
import { checkPlainTensor, type PlainTensor } from './plain-tensor.js';

export interface GateMatrixOptions {
  /** How many gates stand side by side. */
  readonly gates: number;
  /** On which axis, of the expected shape. */
  readonly axis: number;
  /** The sizes of the other axes, or their names; that of the gates' axis does not count. */
  readonly shape: readonly (number | string)[];
}

/**
 * Asserts that a tensor holds the gates of a layer on one axis, and gives the size of each.
 *
 * @throws RangeError if there is no tensor
 * @throws {@link ShapeError} if the shape is another
 * @throws TypeError if it is no plain tensor
 */
export function unitsOf(
  where: string,
  tensor: PlainTensor | undefined,
  { gates, axis, shape }: GateMatrixOptions,
): number {
  const expected = shape.with(axis, gates === 1 ? 'units' : `${gates} * units`);
  if (tensor === undefined) throw new RangeError(`${where}: expected a tensor, got none`);
  checkPlainTensor(where, tensor, expected);
  const units = tensor.shape[axis]! / gates;
  if (!Number.isInteger(units)) {
    throw new ShapeError(
      `${where}: expected shape [${expected.join(', ')}], got [${tensor.shape.join(', ')}]`,
    );
  }
  return units;
}
