import { IDX_DTYPES } from '../idx-types.js';
import type { IdxDtype } from '../idx-array.js';

/** numpy's letter and size of each data type that IDX has too. */
export const NPY_CODES: Readonly<Record<IdxDtype, string>> = {
  uint8: 'u1',
  int8: 'i1',
  int16: 'i2',
  int32: 'i4',
  float32: 'f4',
  float64: 'f8',
};

/** What begins every .npy file. */
export const NPY_MAGIC: readonly number[] = [0x93, ...Buffer.from('NUMPY')];

/** The data type that numpy writes so, such as `i2`. */
export function dtypeOfCode(code: string): IdxDtype | undefined {
  return IDX_DTYPES.find((dtype) => NPY_CODES[dtype] === code);
}

/** Whether the bytes begin like a .npy file. */
export function isNpy(bytes: Uint8Array): boolean {
  return NPY_MAGIC.every((byte, at) => bytes[at] === byte);
}
