import { gzipSync } from 'node:zlib';
import { encodeIdx, type IdxArray, IdxFormatError, parseIdx, readIdx } from '@unroll/mnist-idx';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

const arrays = {
  uint8: Uint8Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

/** Arrays of every data type, of rank 0 to 5, of any bits. */
const idxArray: fc.Arbitrary<IdxArray> = fc
  .record({
    dtype: fc.constantFrom(...(Object.keys(arrays) as (keyof typeof arrays)[])),
    shape: fc.array(fc.nat({ max: 4 }), { maxLength: 5 }),
  })
  .chain(({ dtype, shape }) => {
    const array = arrays[dtype];
    const length = shape.reduce((product, size) => product * size, 1) * array.BYTES_PER_ELEMENT;
    return fc
      .uint8Array({ minLength: length, maxLength: length })
      .map((bytes) => ({ dtype, shape, data: new array(bytes.slice().buffer) }) as IdxArray);
  });

/** A file, whole or gzipped, with some bytes replaced, cut off or added. */
const damaged: fc.Arbitrary<Uint8Array> = fc
  .record({
    array: idxArray,
    gzip: fc.boolean(),
    flips: fc.array(fc.record({ at: fc.nat({ max: 80 }), to: fc.nat({ max: 255 }) }), {
      maxLength: 3,
    }),
    keep: fc.oneof(fc.constant(Infinity), fc.nat({ max: 200 })),
    tail: fc.oneof(fc.constant(Uint8Array.of()), fc.uint8Array({ maxLength: 20 })),
  })
  .map(({ array, gzip, flips, keep, tail }) => {
    const whole = encodeIdx(array);
    const file = gzip ? gzipSync(whole) : whole;
    const bytes = Uint8Array.of(...file.subarray(0, keep), ...tail);
    for (const { at, to } of flips) if (at < bytes.length) bytes[at] = to;
    return bytes;
  });

/** Random bytes, half of them with a beginning that leads further into the parser. */
const noise: fc.Arbitrary<Uint8Array> = fc
  .record({
    head: fc.constantFrom(
      [],
      [0, 0],
      [0, 0, 8],
      [0, 0, 14, 1, 0, 0, 0],
      [31, 139],
      [31, 139, 8, 0],
    ),
    body: fc.uint8Array({ maxLength: 60 }),
  })
  .map(({ head, body }) => Uint8Array.of(...head, ...body));

/**
 * The laws of reading and writing IDX as tests.
 *
 * @param numRuns - how many examples each law is tried on
 */
export function idxProperties(numRuns: number): void {
  const options = { numRuns };

  describe('for any array', () => {
    test('parseIdx(encodeIdx(array)) is the array, to the last bit', () => {
      fc.assert(
        fc.property(idxArray, (array) => {
          const back = parseIdx(encodeIdx(array));
          expect(back).toEqual(array);
          expect(bits(back)).toEqual(bits(array));
        }),
        options,
      );
    });

    test('readIdx reads it gzipped', async () => {
      await fc.assert(
        fc.asyncProperty(idxArray, async (array) => {
          expect(bits(await readIdx(gzipSync(encodeIdx(array))))).toEqual(bits(array));
        }),
        { numRuns: Math.ceil(numRuns / 10) },
      );
    });
  });

  describe('for any bytes', () => {
    const maxBytes = 1000;

    test('parseIdx gives an array that encodes to them, or an IdxFormatError', () => {
      fc.assert(
        fc.property(fc.oneof(damaged, noise), (bytes) => {
          try {
            expect(encodeIdx(parseIdx(bytes))).toEqual(bytes);
          } catch (error) {
            expectFormatError(error, 'parseIdx', bytes.length);
          }
        }),
        options,
      );
    });

    test('readIdx gives an array within the limit, or an IdxFormatError', async () => {
      await fc.assert(
        fc.asyncProperty(fc.oneof(damaged, noise), async (bytes) => {
          try {
            const { data } = await readIdx(bytes, { maxBytes });
            expect(data.byteLength).toBeLessThanOrEqual(Math.max(maxBytes, bytes.length));
          } catch (error) {
            expectFormatError(error, 'readIdx', Math.max(maxBytes, bytes.length));
          }
        }),
        { numRuns: Math.ceil(numRuns / 4) },
      );
    });
  });
}

function bits({ data }: IdxArray): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
}

/** Anything but an IdxFormatError of the agreed form goes on. */
function expectFormatError(error: unknown, where: string, maxOffset: number): void {
  if (!(error instanceof IdxFormatError)) throw error;
  expect(error.message).toMatch(new RegExp(`^${where}: [a-z ]+: expected .+, got .+$`, 's'));
  expect(error.offset).toBeGreaterThanOrEqual(0);
  expect(error.offset).toBeLessThanOrEqual(maxOffset);
}
