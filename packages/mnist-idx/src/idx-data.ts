import type { IdxArray } from './idx-array.js';
import { IdxFormatError } from './idx-format-error.js';
import { describe, type IdxHeader } from './idx-header.js';
import { IDX_TYPES } from './idx-types.js';
import { swapOrder } from './native-order.js';

/** The size that a file with this header has. */
export function fileBytes({ dtype, elements, bytes }: IdxHeader): number {
  return bytes + elements * IDX_TYPES[dtype].array.BYTES_PER_ELEMENT;
}

/** The error of a file that is not as long as its header says. */
export function sizeError(header: IdxHeader, got: number, where: string): IdxFormatError {
  const expected = fileBytes(header);
  const what = `expected ${expected} bytes for ${describe(header.dtype, header.shape)}`;
  return new IdxFormatError(`${where}: size: ${what}, got ${got}`, Math.min(expected, got));
}

/**
 * The array of a header's type whose big-endian numbers are `raw`: a view of it, whose numbers are
 * turned into this machine's byte order where they are.
 *
 * @param raw - at an offset that the size of a number divides
 */
export function arrayOf({ dtype }: IdxHeader, shape: readonly number[], raw: Uint8Array): IdxArray {
  const { array } = IDX_TYPES[dtype];
  const size = array.BYTES_PER_ELEMENT;
  swapOrder(raw, size);
  const data = new array(raw.buffer, raw.byteOffset, raw.length / size);
  // The compiler does not know that `array` is the one of this very `dtype`.
  return { dtype, shape, data } as IdxArray;
}
