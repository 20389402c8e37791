import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  encodeSafetensors,
  parseSafetensors,
  type PlainTensor,
  SafetensorsError,
} from '../src/index.js';

const runs = { numRuns: 2000 };

const tensor: fc.Arbitrary<PlainTensor> = fc
  .array(fc.nat({ max: 3 }), { maxLength: 4 })
  .chain((shape) => {
    const length = shape.reduce((size, n) => size * n, 1);
    return fc
      .float32Array({ minLength: length, maxLength: length })
      .map((values) => ({ shape, values }));
  });

const text = fc.string({ unit: 'grapheme', maxLength: 6 });
const name = text.filter((key) => key !== '__metadata__');

const file = fc.record({
  tensors: fc.dictionary(name, tensor, { maxKeys: 4, noNullPrototype: true }),
  metadata: fc.dictionary(text, text, { maxKeys: 2, noNullPrototype: true }),
});

/** Headers that are JSON and nearly right, so that every check behind the JSON is reached. */
const header = fc.dictionary(
  fc.constantFrom('a', 'b', '__metadata__', '__proto__'),
  fc.oneof(
    { weight: 4, arbitrary: nearlyInfo() },
    { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) },
  ),
  { maxKeys: 3, noNullPrototype: true },
);

function nearlyInfo(): fc.Arbitrary<unknown> {
  const number = fc.oneof(
    { weight: 6, arbitrary: fc.nat({ max: 8 }) },
    { weight: 1, arbitrary: fc.constantFrom(-1, 0.5, 2 ** 31, 2 ** 53, 1e300, null, '1') },
  );
  return fc.record(
    {
      dtype: fc.constantFrom('U8', 'U8', 'F32', 'F64', 'BF16', 'I64', 'F4', 'constructor', null),
      shape: fc.array(number, { maxLength: 3 }),
      data_offsets: fc.array(number, { minLength: 1, maxLength: 3 }),
    },
    { requiredKeys: ['shape'] },
  );
}

const crafted = fc
  .record({ header, length: fc.option(fc.bigInt(0n, 2n ** 64n - 1n)), data: fc.nat({ max: 16 }) })
  .map(({ header: json, length, data }) => {
    const text8 = new TextEncoder().encode(JSON.stringify(json));
    const bytes = new Uint8Array(8 + text8.length + data);
    new DataView(bytes.buffer).setBigUint64(0, length ?? BigInt(text8.length), true);
    bytes.set(text8, 8);
    return bytes;
  });

/** A good file with some bytes replaced, cut off or added. */
const damaged = fc
  .record({
    file,
    flips: fc.array(fc.record({ at: fc.nat({ max: 200 }), to: fc.nat({ max: 255 }) }), {
      maxLength: 3,
    }),
    keep: fc.oneof(fc.constant(Infinity), fc.nat({ max: 300 })),
    tail: fc.uint8Array({ maxLength: 8 }),
  })
  .map(({ file: whole, flips, keep, tail }) => {
    const bytes = Uint8Array.of(...encodeSafetensors(whole).subarray(0, keep), ...tail);
    for (const { at, to } of flips) if (at < bytes.length) bytes[at] = to;
    return bytes;
  });

describe('for any tensors and metadata', () => {
  test('parseSafetensors(encodeSafetensors(file)) is the file', () => {
    fc.assert(
      fc.property(file, (whole) => {
        const parsed = parseSafetensors(encodeSafetensors(whole));
        expect(parsed).toEqual(whole);
        expect(Object.keys(parsed.tensors).toSorted()).toEqual(
          Object.keys(whole.tensors).toSorted(),
        );
      }),
      runs,
    );
  });

  test('the data begin at a multiple of 8 bytes', () => {
    fc.assert(
      fc.property(file, (whole) => {
        const bytes = encodeSafetensors(whole);
        expect(bytes[0]! % 8).toBe(0);
      }),
      { numRuns: 100 },
    );
  });
});

describe('for any bytes', () => {
  test.each([
    ['nearly right', crafted],
    ['damaged', damaged],
    ['random', fc.uint8Array({ maxLength: 60 })],
  ] as const)(
    '%s: parseSafetensors gives a file, no larger than four times the bytes, or a SafetensorsError',
    (_, bytes) => {
      fc.assert(
        fc.property(bytes, (given) => {
          const before = given.slice();
          try {
            const { tensors } = parseSafetensors(given);
            const size = Object.values(tensors).reduce(
              (sum, { values }) => sum + values.byteLength,
              0,
            );
            expect(size).toBeLessThanOrEqual(4 * given.length);
            for (const { shape, values } of Object.values(tensors)) {
              expect(values.length).toBe(shape.reduce((product, n) => product * n, 1));
            }
          } catch (error) {
            expectSafetensorsError(error);
          }
          expect(given).toEqual(before);
        }),
        runs,
      );
    },
  );
});

/** Anything but a SafetensorsError of the agreed form goes on. */
function expectSafetensorsError(error: unknown): void {
  if (!(error instanceof SafetensorsError)) throw error;
  expect(error.message).toMatch(/^parseSafetensors: .+: expected .+, got .+$/s);
  expect(error.message.length).toBeLessThan(500);
}
