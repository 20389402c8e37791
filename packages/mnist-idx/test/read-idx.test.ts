import { crc32, gzipSync } from 'node:zlib';
import { encodeIdx, IdxFormatError, readIdx } from '@unroll/mnist-idx';
import { describe, expect, test } from 'vitest';
import { rejectionOf } from './errors.js';
import { EXAMPLES } from './idx-bytes.js';

const MEBIBYTE = 2 ** 20;

describe('readIdx', () => {
  test.each(EXAMPLES)('reads $array.dtype, gzipped or not', async ({ array, bytes }) => {
    expect(await readIdx(bytes)).toEqual(array);
    expect(await readIdx(gzipSync(bytes))).toEqual(array);
  });

  test('reads a stream of many slices and chunks', async () => {
    let state = 1;
    const data = Int32Array.from({ length: 300_000 }, () => {
      state = Math.imul(state, 1664525) + 1013904223;
      return state;
    });
    const array = { dtype: 'int32', shape: [3, 100_000], data } as const;
    expect(await readIdx(gzipSync(encodeIdx(array)))).toEqual(array);
  });

  test('reads bytes in memory that threads share', async () => {
    for (const { array, bytes } of EXAMPLES) {
      for (const file of [bytes, gzipSync(bytes)]) {
        const shared = Buffer.from(new SharedArrayBuffer(file.length));
        shared.set(file);
        expect(await readIdx(shared)).toEqual(array);
      }
    }
  });

  test('inflates up to the limit, and not one byte further', async () => {
    const array = { dtype: 'uint8', shape: [1000], data: new Uint8Array(1000) } as const;
    const gzip = gzipSync(encodeIdx(array));
    expect(await readIdx(gzip, { maxBytes: 1008 })).toEqual(array);
    expect(await rejectionOf(readIdx(gzip, { maxBytes: 1007 }))).toMatchObject({
      name: 'IdxFormatError',
      message: 'readIdx: size: expected at most 1007 bytes of content, got 1008',
      offset: 4,
    });
  });

  test('stops a gzip bomb at the limit, whatever its header says', async () => {
    const zeros = new Uint8Array(64 * MEBIBYTE);
    const honest = gzipSync(encodeIdx({ dtype: 'uint8', shape: [zeros.length], data: zeros }));
    const lying = gzipSync(Buffer.concat([Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 9), zeros]));
    for (const [bomb, message, offset] of [
      [honest, `size: expected at most ${MEBIBYTE} bytes of content, got ${zeros.length + 8}`, 4],
      [lying, 'size: expected 17 bytes for uint8 of shape [9], got', 17],
    ] as const) {
      expect(bomb.length).toBeLessThan(MEBIBYTE / 10);
      const before = process.memoryUsage().arrayBuffers;
      const error = await rejectionOf(readIdx(bomb, { name: 'bomb', maxBytes: MEBIBYTE }));
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * MEBIBYTE);
      expect(error).toMatchObject({ name: 'IdxFormatError', offset });
      expect(String(error)).toContain(`bomb: ${message}`);
    }
  });

  test('takes no memory for a size that header and trailer do not agree on', async () => {
    const header = Uint8Array.of(0, 0, 8, 1, 0x30, 0, 0, 0);
    const trailing = gzipSync(header);
    // The trailer lies too: as many bytes as the header says, which so short a stream cannot hold.
    new DataView(trailing.buffer, trailing.byteOffset).setUint32(
      trailing.length - 4,
      0x30000008,
      true,
    );
    const before = process.memoryUsage().arrayBuffers;
    for (const bytes of [gzipSync(header), trailing]) {
      const error = await rejectionOf(readIdx(bytes));
      expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(MEBIBYTE);
      expect(error).toBeInstanceOf(IdxFormatError);
    }
  });

  test('reads a header that comes in pieces', async () => {
    const { array, bytes } = EXAMPLES[0]!;
    const pieces = Array.from(bytes, (byte) => [0, 1, 0, 0xfe, 0xff, byte]);
    // Enough blocks of nothing between two bytes to have each come out alone.
    const nothing = Array.from({ length: 10_000 }, () => [0, 0, 0, 0xff, 0xff]);
    const trailer = Buffer.alloc(8);
    trailer.writeUInt32LE(crc32(bytes), 0);
    trailer.writeUInt32LE(bytes.length, 4);
    const start = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    const blocks = pieces.flatMap((piece) => [piece, ...nothing]);
    const end = [1, 0, 0, 0xff, 0xff];
    const file = Uint8Array.from([...start, ...blocks.flat(), ...end, ...trailer]);
    expect(await readIdx(file)).toEqual(array);
  });

  test('lets nothing gzipped through a limit that is none', async () => {
    const gzip = gzipSync(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 1, 5));
    for (const maxBytes of [-1, Number.NaN]) {
      const message = `readIdx: size: expected at most ${maxBytes} bytes of content, got 9`;
      expect(await rejectionOf(readIdx(gzip, { maxBytes }))).toMatchObject({ message, offset: 4 });
    }
  });
});

describe('readIdx refuses', () => {
  const gzip = gzipSync(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3));
  const damaged = Uint8Array.from(gzip);
  damaged[gzip.length - 5] = (gzip.at(-5) ?? 0) ^ 1;
  const broken = 'gzip: expected a whole stream, got a broken one';
  const cases: [what: string, bytes: Uint8Array, offset: number, ...messages: string[]][] = [
    ['a gzip magic alone', gzip.subarray(0, 2), 0, `${broken}: unexpected end of file`],
    ['a gzip stream that ends early', gzip.subarray(0, -1), 0, `${broken}: unexpected end of file`],
    ['a wrong checksum', damaged, 0, `${broken}: incorrect data check`],
    [
      'zeros after a gzip stream',
      Uint8Array.of(...gzip, 0, 0),
      0,
      `${broken}: Trailing junk found after the end of the compressed stream`,
    ],
    [
      'gzip in gzip',
      gzipSync(gzip),
      0,
      'magic number: expected uncompressed IDX, got gzip (1f 8b), which readIdx inflates',
    ],
    [
      'gzip of a truncated file',
      gzipSync(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 1)),
      9,
      'size: expected 11 bytes for uint8 of shape [3], got 9',
    ],
    [
      'two gzip streams in a row',
      Uint8Array.of(
        ...gzipSync(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3)),
        ...gzipSync(Uint8Array.of(1, 2, 3)),
      ),
      0,
      'gzip: expected one stream, got several',
      // Of platforms that end at the second stream by themselves.
      `${broken}: Trailing junk found after the end of the compressed stream`,
    ],
    ['no bytes', Uint8Array.of(), 0, 'magic number: expected 4 bytes, got 0'],
  ];

  test.each(cases)('%s', async (_, bytes, offset, ...messages) => {
    const error = await rejectionOf(readIdx(bytes));
    expect(error).toBeInstanceOf(IdxFormatError);
    expect(error).toMatchObject({ offset });
    expect(messages.map((message) => `readIdx: ${message}`)).toContain((error as Error).message);
  });
});
