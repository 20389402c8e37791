import crc32c from 'crc-32/crc32c.js';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskedCRC32C } from '../src/records/masked-crc32c.js';
import { bitwiseMaskedCRC32C } from './read-events.js';

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const ascending = Uint8Array.from({ length: 32 }, (_, i) => i);

describe('the CRC-32C that we depend on', () => {
  // RFC 3720, B.4; the last from tensorboardX.
  test.each([
    ['32 zeros', new Uint8Array(32), 0x8a9136aa],
    ['32 ones', new Uint8Array(32).fill(0xff), 0x62a8ab43],
    ['32 bytes ascending', ascending, 0x46dd794e],
    ['32 bytes descending', ascending.toReversed(), 0x113fdb5c],
    ['"123456789"', ascii('123456789'), 0xe3069283],
    ['"abcd"', ascii('abcd'), 0x92c80a31],
    ['nothing', new Uint8Array(0), 0],
  ])('of %s is the published one', (_, bytes, crc) => {
    expect(crc32c.buf(bytes) >>> 0).toBe(crc);
  });
});

describe('maskedCRC32C', () => {
  test('of an event that TensorFlow wrote is the one in its file', () => {
    expect(maskedCRC32C(ascii('\x1a\x11CRC test, one two'))).toBe(0x5794d08a);
  });

  test('of any bytes is what the format says, computed bit by bit', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(maskedCRC32C(bytes)).toBe(bitwiseMaskedCRC32C(bytes));
      }),
    );
  });

  test('of a part of a larger buffer sees that part alone', () => {
    const bytes = ascii('..\x1a\x11CRC test, one two..');
    expect(maskedCRC32C(bytes.subarray(2, -2))).toBe(0x5794d08a);
  });
});
