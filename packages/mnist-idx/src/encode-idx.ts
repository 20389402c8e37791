import type { IdxArray, IdxDtype } from './idx-array.js';
import { countElements, headerBytes, magicNumber } from './idx-header.js';
import { MAX_RANK } from './idx-limits.js';
import { IDX_DTYPES, IDX_TYPES } from './idx-types.js';
import { kindOf } from './kind-of.js';
import { swapOrder } from './native-order.js';

/** The format's dimensions are 32-bit. */
const MAX_DIMENSION = 2 ** 32 - 1;

/**
 * Writes an array as an IDX file: `parseIdx(encodeIdx(array))` equals `array`.
 *
 * The header is the first `4 + 4 * shape.length` bytes. A file larger than memory is written as a
 * header of the whole, which {@link encodeIdxHeader} makes, and the rest of `encodeIdx(slice)` for
 * one slice after the other.
 *
 * @param array - its `data` are row-major and as many as the product of `shape`
 * @returns the bytes of the file, uncompressed; the caller's own
 * @throws TypeError when `dtype` is none of the six, or `data` is not its typed array
 * @throws RangeError when `shape` cannot be written, or is not the shape of `data`
 */
export function encodeIdx(array: IdxArray): Uint8Array<ArrayBuffer> {
  const { dtype, shape, data } = array;
  const header = encodeIdxHeader(dtype, shape);
  checkData(array);
  const bytes = new Uint8Array(header.length + data.byteLength);
  bytes.set(header);
  const raw = bytes.subarray(header.length);
  raw.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
  swapOrder(raw, data.BYTES_PER_ELEMENT);
  return bytes;
}

/**
 * The header of an IDX file: its first `4 + 4 * shape.length` bytes.
 *
 * @throws TypeError when `dtype` is none of the six
 * @throws RangeError when `shape` cannot be written
 */
export function encodeIdxHeader(
  dtype: IdxDtype,
  shape: readonly number[],
): Uint8Array<ArrayBuffer> {
  if (!IDX_DTYPES.includes(dtype)) {
    const expected = IDX_DTYPES.join(', ');
    throw new TypeError(`encodeIdx: dtype: expected one of ${expected}, got ${dtype}`);
  }
  const fits = (size: number): boolean =>
    Number.isInteger(size) && size >= 0 && size <= MAX_DIMENSION;
  if (shape.length > MAX_RANK || !shape.every(fits)) {
    const expected = `expected at most ${MAX_RANK} integers from 0 to ${MAX_DIMENSION}`;
    throw new RangeError(`encodeIdx: shape: ${expected}, got [${shape.join(', ')}]`);
  }
  const bytes = new Uint8Array(headerBytes(shape.length));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magicNumber(dtype, shape.length));
  for (const [axis, size] of shape.entries()) view.setUint32(headerBytes(axis), size);
  return bytes;
}

function checkData({ dtype, shape, data }: IdxArray): void {
  const { array } = IDX_TYPES[dtype];
  if (!(data instanceof array)) {
    const expected = `expected ${array.name} for ${dtype}`;
    throw new TypeError(`encodeIdx: data: ${expected}, got ${kindOf(data)}`);
  }
  const elements = countElements(shape);
  if (elements === data.length) return;
  const expected = `expected ${elements} numbers for shape [${shape.join(', ')}]`;
  throw new RangeError(`encodeIdx: data: ${expected}, got ${data.length}`);
}
