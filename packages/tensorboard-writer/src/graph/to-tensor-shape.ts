import { kind } from '../checks/kind.js';
import type { TensorShapeProto } from '../messages/tensor-proto.js';
import type { Init } from '../protobuf/message-type.js';
import { dataTypeNumber, graphDataTypes } from './graph-data-type.js';

/**
 * The message of a shape; null where not even the rank is known.
 *
 * @param where - who complains: `SummaryWriter.graph: nodes[0]: attributes.shape`
 * @throws TypeError if it is no array of numbers and nulls
 * @throws RangeError if a size is negative or no whole number
 */
export function toTensorShape(where: string, shape: unknown): Init<TensorShapeProto> {
  if (shape === null) return { unknownRank: true };
  if (!Array.isArray(shape)) {
    throw new TypeError(`${where}: expected an array of sizes, or null, got ${kind(shape)}`);
  }
  const sizes: readonly unknown[] = shape;
  return { dim: sizes.map((size, axis) => ({ size: toSize(`${where}[${axis}]`, size) })) };
}

function toSize(where: string, size: unknown): number {
  if (size === null) return -1;
  if (typeof size === 'number' && Number.isSafeInteger(size) && size >= 0) return size;
  const message = `${where}: expected a whole number from 0, or null, got ${kind(size)}`;
  throw typeof size === 'number' ? new RangeError(message) : new TypeError(message);
}

/**
 * TensorFlow's number for an element type.
 *
 * @throws TypeError if it is no string
 * @throws RangeError if there is no such type
 */
export function toDataType(where: string, dtype: unknown): number {
  const number = typeof dtype === 'string' ? dataTypeNumber(dtype) : undefined;
  if (number !== undefined) return number;
  const message = `${where}: expected one of ${graphDataTypes.join(', ')}, got ${kind(dtype)}`;
  throw typeof dtype === 'string' ? new RangeError(message) : new TypeError(message);
}
