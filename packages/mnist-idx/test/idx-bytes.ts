import type { IdxArray } from '@unroll/mnist-idx';

/** One array of each data type, and the bytes of its file. */
export const EXAMPLES: readonly { readonly array: IdxArray; readonly bytes: Uint8Array }[] = [
  {
    array: { dtype: 'uint8', shape: [2, 3], data: Uint8Array.of(0, 1, 2, 127, 128, 255) },
    bytes: Uint8Array.of(0, 0, 0x08, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 1, 2, 127, 128, 255),
  },
  {
    array: { dtype: 'int8', shape: [3], data: Int8Array.of(-128, -1, 127) },
    bytes: Uint8Array.of(0, 0, 0x09, 1, 0, 0, 0, 3, 0x80, 0xff, 0x7f),
  },
  {
    array: { dtype: 'int16', shape: [2], data: Int16Array.of(-2, 258) },
    bytes: Uint8Array.of(0, 0, 0x0b, 1, 0, 0, 0, 2, 0xff, 0xfe, 0x01, 0x02),
  },
  {
    array: { dtype: 'int32', shape: [1, 1, 1], data: Int32Array.of(-16909061) },
    bytes: Uint8Array.from(
      [
        [0, 0, 0x0c, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 1],
        [0xfe, 0xfd, 0xfc, 0xfb],
      ].flat(),
    ),
  },
  {
    array: { dtype: 'float32', shape: [2], data: Float32Array.of(1, -0.15625) },
    bytes: Uint8Array.of(0, 0, 0x0d, 1, 0, 0, 0, 2, 0x3f, 0x80, 0, 0, 0xbe, 0x20, 0, 0),
  },
  {
    array: { dtype: 'float64', shape: [], data: Float64Array.of(Math.PI) },
    bytes: Uint8Array.of(0, 0, 0x0e, 0, 0x40, 0x09, 0x21, 0xfb, 0x54, 0x44, 0x2d, 0x18),
  },
];
