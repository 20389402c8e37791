import type { IdxData, IdxDtype } from './idx-array.js';

interface IdxType<Data> {
  /** The third byte of the file. */
  readonly code: number;
  readonly array: {
    readonly name: string;
    readonly BYTES_PER_ELEMENT: number;
    new (buffer: ArrayBufferLike, byteOffset: number, length: number): Data;
  };
}

/** The data types of the format. There is no code 0x0a. */
export const IDX_TYPES: { readonly [Dtype in IdxDtype]: IdxType<IdxData[Dtype]> } = {
  uint8: { code: 0x08, array: Uint8Array },
  int8: { code: 0x09, array: Int8Array },
  int16: { code: 0x0b, array: Int16Array },
  int32: { code: 0x0c, array: Int32Array },
  float32: { code: 0x0d, array: Float32Array },
  float64: { code: 0x0e, array: Float64Array },
};

export const IDX_DTYPES: readonly IdxDtype[] = Object.keys(IDX_TYPES) as IdxDtype[];
