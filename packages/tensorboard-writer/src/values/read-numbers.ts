import { kind } from '../checks/kind.js';
import type { Later } from './later.js';
import type { NumberArray, Numbers, NumbersInput, ShapedNumbers } from './numbers.js';
import { readTensor } from './read-tensor.js';
import { isTensorLike } from './tensor-like.js';

/**
 * Reads numbers, whatever they come in. The data may be the caller's own array: use it up, or copy
 * it, before returning to the caller.
 *
 * @param where - who complains, and about what: `SummaryWriter.histogram: values`
 * @throws TypeError if it is none of the kinds of {@link NumbersInput}, or not all are numbers
 * @throws RangeError if the shape does not fit the data, or the tensor is disposed
 */
export function readNumbers(where: string, input: NumbersInput): Later<Numbers> {
  if (isTensorLike(input)) return readTensor(where, input);
  if (isNumberArray(input)) return numbersOf(where, input, [input.length]);
  if (isShaped(input)) {
    const { data, shape } = input;
    checkShape(where, shape, data.length);
    return numbersOf(where, data, [...shape]);
  }
  const expected = 'an array of numbers, { data, shape } or a tensor';
  throw new TypeError(`${where}: expected ${expected}, got ${kind(input)}`);
}

/** Reads several; where one comes later, the others are copied until then. */
export function readAllNumbers(
  inputs: readonly (readonly [where: string, input: NumbersInput])[],
): Later<Numbers>[] {
  const read = inputs.map(([where, input]) => readNumbers(where, input));
  if (!read.some((numbers) => numbers instanceof Promise)) return read;
  return read.map((numbers) =>
    numbers instanceof Promise ? numbers : { ...numbers, data: Float64Array.from(numbers.data) },
  );
}

const INTEGER_ARRAYS = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
] as const;

function numbersOf(where: string, data: NumberArray, shape: readonly number[]): Numbers {
  if (Array.isArray(data)) {
    const at = data.findIndex((value) => typeof value !== 'number');
    if (at >= 0) {
      throw new TypeError(`${where}: expected numbers, got ${kind(data[at])} at ${at}`);
    }
  }
  return { data, shape, integer: INTEGER_ARRAYS.some((type) => data instanceof type) };
}

function isNumberArray(value: unknown): value is NumberArray {
  return (
    Array.isArray(value) ||
    value instanceof Float32Array ||
    value instanceof Float64Array ||
    INTEGER_ARRAYS.some((type) => value instanceof type)
  );
}

function isShaped(value: unknown): value is ShapedNumbers {
  return (
    typeof value === 'object' &&
    value !== null &&
    'shape' in value &&
    Array.isArray(value.shape) &&
    'data' in value &&
    isNumberArray(value.data)
  );
}

function checkShape(where: string, shape: readonly number[], length: number): void {
  const isSize = (size: unknown): boolean => Number.isSafeInteger(size) && Number(size) >= 0;
  if (shape.every(isSize) && shape.reduce((product, size) => product * size, 1) === length) return;
  const expected = `a shape of ${length} elements, as many as there are in data`;
  throw new RangeError(`${where}: expected ${expected}, got [${shape.join(', ')}]`);
}
