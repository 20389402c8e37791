import { deflateSync } from 'node:zlib';
import { encode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import { FileError } from '../../src/cli/file-error.js';
import { decodePng, encodePng } from '../../src/cli/png-image.js';
import { thrownBy } from '../errors.js';
import { png, withChecksums } from './png-files.js';

const image = { rows: 3, columns: 2, pixels: Uint8Array.of(0, 1, 127, 128, 254, 255) };

describe('encodePng', () => {
  test('writes an 8-bit grey PNG, which decodePng reads', () => {
    const bytes = encodePng(image);
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    expect([view.getUint32(16), view.getUint32(20), bytes[24], bytes[25]]).toEqual([2, 3, 8, 0]);
    expect(decodePng(bytes, 'a.png')).toEqual(image);
  });
});

describe('decodePng', () => {
  const greys = [0, 85, 170, 255];

  test.each<[what: string, bytes: Uint8Array]>([
    [
      'RGB',
      png(
        3,
        greys.flatMap((grey) => [grey, grey, grey]),
      ),
    ],
    [
      'RGB with opaque alpha',
      png(
        4,
        greys.flatMap((grey) => [grey, grey, grey, 255]),
      ),
    ],
    [
      'grey with opaque alpha',
      png(
        2,
        greys.flatMap((grey) => [grey, 255]),
      ),
    ],
    ['2 bits', png(1, [0b00010000, 0b10110000], { depth: 2 })],
    [
      'a palette',
      png(1, [3, 2, 1, 0], { palette: greys.toReversed().map((grey) => [grey, grey, grey]) }),
    ],
  ])('reads %s without colours as grey', (_, bytes) => {
    expect([...decodePng(bytes, 'a.png').pixels]).toEqual(greys);
  });

  test('spreads a single bit over black and white', () => {
    const bytes = png(1, [0b01000000, 0b10000000], { depth: 1 });
    expect([...decodePng(bytes, 'a.png').pixels]).toEqual([0, 255, 255, 0]);
  });

  const whole = encodePng(image);
  const changed = (at: number, ...to: readonly number[]) => {
    const bytes = new Uint8Array(whole);
    bytes.set(to, at);
    return withChecksums(bytes);
  };
  const broken = 'expected a whole PNG, got a broken one:';
  test.each<[what: string, bytes: Uint8Array, message: string]>([
    ['no bytes', Uint8Array.of(), 'expected a PNG, got 0 bytes'],
    [
      'colours',
      png(3, [0, 0, 0, 9, 9, 9, 1, 2, 3, 0, 0, 0]),
      'expected grey and opaque pixels, got [1, 2, 3] at row and column 1, 0',
    ],
    [
      'what can be seen through',
      png(2, [0, 255, 0, 255, 0, 255, 0, 254]),
      'expected grey and opaque pixels, got [0, 254] at row and column 1, 1',
    ],
    [
      '16 bits',
      encode({ width: 1, height: 1, channels: 1, depth: 16, data: Uint16Array.of(9) }),
      'expected at most 8 bits for a pixel, got 16',
    ],
    ['another file', whole.toReversed(), 'expected a PNG of 1 to 16777216 pixels, got'],
    ['no pixels', changed(16, 0, 0, 0, 0), 'expected a PNG of 1 to 16777216 pixels, got 3 by 0'],
    [
      'sizes whose product overflows',
      changed(16, 255, 255, 255, 255, 255, 255, 255, 255),
      'expected a PNG of 1 to 16777216 pixels, got 4294967295 by 4294967295',
    ],
    ['a wrong checksum', whole.with(whole.length - 10, 1), broken],
    ['a cut file', whole.subarray(0, -13), broken],
    ['no image data', Uint8Array.of(...whole.subarray(0, 33), ...whole.subarray(-12)), broken],
  ])('refuses %s', (_, bytes, message) => {
    const error = thrownBy(() => decodePng(bytes, 'a.png'));
    expect(error).toBeInstanceOf(FileError);
    expect(error).toMatchObject({ message: expect.stringContaining(`a.png: ${message}`) });
  });

  test('does not inflate what is far too long for its sizes', () => {
    const bomb = deflateSync(new Uint8Array(2 ** 27));
    const bytes = new Uint8Array(whole.length + bomb.length);
    bytes.set(whole.subarray(0, 33));
    new DataView(bytes.buffer).setUint32(33, bomb.length);
    bytes.set([...Buffer.from('IDAT')], 37);
    bytes.set(bomb, 41);
    bytes.set(whole.subarray(-12), 45 + bomb.length);
    const before = process.memoryUsage().arrayBuffers;
    const error = thrownBy(() => decodePng(withChecksums(bytes), 'a.png'));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(2 ** 20);
    expect(error).toMatchObject({
      message: `a.png: expected at most 65584 bytes for 3 by 2 pixels, got ${bytes.length}`,
    });
  });
});
