import { gzipSync } from 'node:zlib';
import { type IdxArrayOf, IdxFormatError, MAX_ELEMENTS, parseIdx } from '@unroll/mnist-idx';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { thrownBy } from './errors.js';
import { EXAMPLES } from './idx-bytes.js';

describe('parseIdx', () => {
  test.each(EXAMPLES)('reads $array.dtype, big-endian', ({ array, bytes }) => {
    expect(parseIdx(bytes)).toEqual(array);
  });

  test('reads an array of no numbers', () => {
    const bytes = Uint8Array.of(0, 0, 0x0d, 2, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff);
    expect(parseIdx(bytes)).toEqual({
      dtype: 'float32',
      shape: [0, 4294967295],
      data: new Float32Array(0),
    });
    const dimensions = [...new Uint8Array(31 * 4).fill(0xff), 0, 0, 0, 0];
    expect(parseIdx(Uint8Array.of(0, 0, 8, 32, ...dimensions))).toEqual({
      dtype: 'uint8',
      shape: [...new Uint32Array(31).fill(4294967295), 0],
      data: new Uint8Array(0),
    });
  });

  test('reads bytes that are not aligned in their buffer', () => {
    for (const { array, bytes } of EXAMPLES) {
      const shifted = new Uint8Array(bytes.length + 2).subarray(1, -1);
      shifted.set(bytes);
      expect(parseIdx(shifted)).toEqual(array);
    }
  });

  test('gives views of bytes, and copies of wider types', () => {
    for (const { bytes } of EXAMPLES) {
      const { data } = parseIdx(bytes);
      expect(data.buffer === bytes.buffer).toBe(data.BYTES_PER_ELEMENT === 1);
    }
  });

  test('leaves the bytes as they are', () => {
    for (const { bytes } of EXAMPLES) {
      const before = bytes.slice();
      parseIdx(bytes);
      expect(bytes).toEqual(before);
    }
  });

  test('the dtype tells the type of the data', () => {
    const array = parseIdx(Uint8Array.of(0, 0, 8, 0, 5));
    if (array.dtype === 'uint8') expectTypeOf(array.data).toEqualTypeOf<Uint8Array>();
    if (array.dtype === 'float64') expectTypeOf(array.data).toEqualTypeOf<Float64Array>();
    expectTypeOf<IdxArrayOf<'int16'>['data']>().toEqualTypeOf<Int16Array>();
    expect(array).toEqual({ dtype: 'uint8', shape: [], data: Uint8Array.of(5) });
  });
});

describe('parseIdx refuses', () => {
  const elements = 'shape: expected at most 2147483647 elements, got';
  const cases: [what: string, bytes: Uint8Array, offset: number, message: string][] = [
    ['no bytes', Uint8Array.of(), 0, 'magic number: expected 4 bytes, got 0'],
    ['half a magic number', Uint8Array.of(0, 0, 8), 3, 'magic number: expected 4 bytes, got 3'],
    [
      'something else',
      Uint8Array.of(0x50, 0x4b, 3, 4),
      0,
      'magic number: expected 00 00 first, got 50 4b',
    ],
    [
      'a little-endian magic number',
      Uint8Array.of(3, 8, 0, 0),
      0,
      'magic number: expected 00 00 first, got 03 08',
    ],
    [
      'gzip',
      gzipSync(Uint8Array.of(0, 0, 8, 0, 5)),
      0,
      'magic number: expected uncompressed IDX, got gzip (1f 8b), which readIdx inflates',
    ],
    [
      'the code that no type has',
      Uint8Array.of(0, 0, 0x0a, 0),
      2,
      'data type: expected one of 08, 09, 0b, 0c, 0d, 0e, got 0a',
    ],
    ['a rank over the limit', Uint8Array.of(0, 0, 8, 33), 3, 'rank: expected at most 32, got 33'],
    [
      'half a header',
      Uint8Array.of(0, 0, 8, 3, 0, 0, 0, 1, 0, 0),
      10,
      'shape: expected 16 bytes of header for rank 3, got 10',
    ],
    [
      'more elements than the limit',
      Uint8Array.of(0, 0, 0x0e, 1, 0x80, 0, 0, 0),
      4,
      `${elements} [2147483648]`,
    ],
    [
      'a product of dimensions that no number holds',
      Uint8Array.of(0, 0, 8, 32, ...new Uint8Array(128).fill(0xff)),
      4,
      `${elements} [${new Uint32Array(32).fill(4294967295).join(', ')}]`,
    ],
    [
      'as many elements as the limit, without allocating them',
      Uint8Array.of(0, 0, 0x0e, 1, 0x7f, 0xff, 0xff, 0xff),
      8,
      `size: expected ${8 + MAX_ELEMENTS * 8} bytes for float64 of shape [2147483647], got 8`,
    ],
    [
      'a missing byte',
      Uint8Array.of(0, 0, 0x0b, 1, 0, 0, 0, 2, 1, 2, 3),
      11,
      'size: expected 12 bytes for int16 of shape [2], got 11',
    ],
    [
      'a byte left over',
      Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 1, 7, 9),
      13,
      'size: expected 13 bytes for uint8 of shape [1, 1], got 14',
    ],
  ];

  test.each(cases)('%s', (_, bytes, offset, message) => {
    const error = thrownBy(() => parseIdx(bytes));
    expect(error).toBeInstanceOf(IdxFormatError);
    expect(error).toMatchObject({
      name: 'IdxFormatError',
      message: `parseIdx: ${message}`,
      offset,
    });
  });

  test.each([
    ['an ArrayBuffer', new ArrayBuffer(8), 'ArrayBuffer'],
    ['text', 'digits.idx', 'String'],
    ['nothing', undefined, 'undefined'],
  ])('%s', (_, bytes, kind) => {
    expect(thrownBy(() => parseIdx(bytes as never))).toEqual(
      new TypeError(`parseIdx: expected its bytes in a Uint8Array, got ${kind}`),
    );
  });

  test('under the name that it was given', () => {
    const error = thrownBy(() => parseIdx(Uint8Array.of(1), { name: 'digits.idx' }));
    expect(error).toMatchObject({ message: 'digits.idx: magic number: expected 4 bytes, got 1' });
  });
});
