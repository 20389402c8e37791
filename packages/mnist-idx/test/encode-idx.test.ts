import { encodeIdx, type IdxArray, parseIdx } from '@unroll/mnist-idx';
import { describe, expect, test } from 'vitest';
import { EXAMPLES } from './idx-bytes.js';

describe('encodeIdx', () => {
  test.each(EXAMPLES)('writes $array.dtype, big-endian', ({ array, bytes }) => {
    expect(encodeIdx(array)).toEqual(bytes);
  });

  test('writes a part of a larger buffer', () => {
    const data = Int16Array.of(1, 2, 3, 4).subarray(1, 3);
    const bytes = Uint8Array.of(0, 0, 0x0b, 1, 0, 0, 0, 2, 0, 2, 0, 3);
    expect(encodeIdx({ dtype: 'int16', shape: [2], data })).toEqual(bytes);
  });

  test('keeps all bits of a NaN', () => {
    const bytes = Uint8Array.of(0, 0, 0x0d, 0, 0x7f, 0xa5, 0x5a, 0x01);
    expect(encodeIdx(parseIdx(bytes))).toEqual(bytes);
  });

  test('gives fresh memory, and leaves the array as it is', () => {
    for (const { array } of EXAMPLES) {
      const before = array.data.slice();
      encodeIdx(array).fill(0xaa);
      expect(array.data).toEqual(before);
    }
  });
});

describe('encodeIdx refuses', () => {
  const data = Uint8Array.of(1, 2, 3, 4);
  const ones = new Uint8Array(33).fill(1);
  const cases: [what: string, array: unknown, kind: ErrorConstructor, message: string][] = [
    [
      'an unknown dtype',
      { dtype: 'uint16', shape: [4], data },
      TypeError,
      'dtype: expected one of uint8, int8, int16, int32, float32, float64, got uint16',
    ],
    [
      'a name that every object has',
      { dtype: 'toString', shape: [4], data },
      TypeError,
      'dtype: expected one of uint8, int8, int16, int32, float32, float64, got toString',
    ],
    [
      'data of another type',
      { dtype: 'int8', shape: [4], data },
      TypeError,
      'data: expected Int8Array for int8, got Uint8Array',
    ],
    [
      'data in a plain array',
      { dtype: 'int8', shape: [1], data: [1] },
      TypeError,
      'data: expected Int8Array for int8, got Array',
    ],
    [
      'a rank over the limit',
      { dtype: 'uint8', shape: [...ones], data: data.subarray(0, 1) },
      RangeError,
      `shape: expected at most 32 integers from 0 to 4294967295, got [${ones.join(', ')}]`,
    ],
    [
      'a negative dimension',
      { dtype: 'uint8', shape: [-2, -2], data },
      RangeError,
      'shape: expected at most 32 integers from 0 to 4294967295, got [-2, -2]',
    ],
    [
      'a dimension that is not whole',
      { dtype: 'uint8', shape: [1.5], data },
      RangeError,
      'shape: expected at most 32 integers from 0 to 4294967295, got [1.5]',
    ],
    [
      'a dimension of more than 32 bits',
      { dtype: 'uint8', shape: [2 ** 32, 0], data },
      RangeError,
      'shape: expected at most 32 integers from 0 to 4294967295, got [4294967296, 0]',
    ],
    [
      'data that do not fit the shape',
      { dtype: 'uint8', shape: [2, 3], data },
      RangeError,
      'data: expected 6 numbers for shape [2, 3], got 4',
    ],
  ];

  test.each(cases)('%s', (_, array, kind, message) => {
    expect(() => encodeIdx(array as IdxArray)).toThrow(new kind(`encodeIdx: ${message}`));
  });
});
