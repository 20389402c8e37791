import { endianness } from 'node:os';
import type { IdxArray, IdxData, IdxDtype } from '../idx-array.js';
import { IDX_TYPES } from '../idx-types.js';
import { swapBytes } from '../node/swap-bytes.js';
import { FileError } from './file-error.js';
import { parseNpyHeader } from './npy-header.js';

/**
 * Reads a .npy file of one plain array: versions 1 to 3, either byte order, C or Fortran order, the
 * six data types that IDX has.
 *
 * @param where - begins the messages
 * @returns an array in C order; its data may be a view of `bytes`
 * @throws FileError where the bytes are anything else
 */
export function parseNpy(bytes: Uint8Array, where: string): IdxArray {
  const { dtype, order, fortran, shape, elements, bytes: start } = parseNpyHeader(bytes, where);
  const { array } = IDX_TYPES[dtype];
  const size = array.BYTES_PER_ELEMENT;
  const end = start + elements * size;
  if (bytes.length !== end) {
    const expected = `expected ${end} bytes for ${dtype} of shape [${shape.join(', ')}]`;
    throw new FileError(`${where}: size: ${expected}, got ${bytes.length}`);
  }
  let raw = bytes.subarray(start);
  const swapped = size > 1 && order !== endianness();
  if (swapped || raw.byteOffset % size !== 0) raw = new Uint8Array(raw);
  if (swapped) swapBytes(raw, size);
  const data = new array(raw.buffer, raw.byteOffset, elements);
  // The compiler does not know that `array` is the one of this very `dtype`.
  return { dtype, shape, data: fortran ? toRowMajor(data, shape) : data } as IdxArray;
}

/** From the first dimension fastest to the last dimension fastest. */
function toRowMajor(data: IdxData[IdxDtype], shape: readonly number[]): IdxData[IdxDtype] {
  const into = data.slice();
  const strides: number[] = [];
  let stride = 1;
  for (const size of shape) {
    strides.push(stride);
    stride *= size;
  }
  const index = shape.map(() => 0);
  let from = 0;
  for (let at = 0; at < into.length; at++) {
    into[at] = data[from] as number;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = (index[axis] as number) + 1;
      from += strides[axis] as number;
      if ((index[axis] as number) < (shape[axis] as number)) break;
      index[axis] = 0;
      from -= (strides[axis] as number) * (shape[axis] as number);
    }
  }
  return into;
}
