import type { IdxArray } from './idx-array.js';
import { IdxFormatError } from './idx-format-error.js';
import { describe, type IdxHeader } from './idx-header.js';
import { IDX_TYPES } from './idx-types.js';

/** The size that a file with this header has. */
export function fileBytes({ elements, size, bytes }: IdxHeader): number {
  return bytes + elements * size;
}

/** The error of a file that is not as long as its header says. */
export function sizeError(header: IdxHeader, got: number, where: string): IdxFormatError {
  const expected = fileBytes(header);
  const what = `expected ${expected} bytes for ${describe(header.dtype, header.shape)}`;
  return new IdxFormatError(`${where}: size: ${what}, got ${got}`, Math.min(expected, got));
}

/**
 * The array of a header's type whose numbers are `native`, in this machine's byte order: a view of
 * it.
 *
 * @param native - at an offset that the size of a number divides
 */
export function arrayOf(
  { dtype, size }: IdxHeader,
  shape: readonly number[],
  native: Uint8Array,
): IdxArray {
  const { array } = IDX_TYPES[dtype];
  const data = new array(native.buffer, native.byteOffset, native.length / size);
  // The compiler does not know that `array` is the one of this very `dtype`.
  return { dtype, shape, data } as IdxArray;
}
