import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, open, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import {
  encodeIdx,
  encodeIdxHeader,
  type IdxArray,
  IdxFormatError,
  readIdx,
} from '@unroll/mnist-idx';
import { scaleImages } from '@unroll/mnist-idx/data-sets';
import { nodeTools, readIdxFile, readScaledFile } from '@unroll/mnist-idx/node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rejectionOf } from './errors.js';
import { EXAMPLES } from './idx-bytes.js';

const MEBIBYTE = 2 ** 20;
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'unroll-idx-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** What fills a file of so many bytes, and does not compress well. */
function noise(length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i += 65_536) {
    crypto.getRandomValues(bytes.subarray(i, i + 65_536));
  }
  return bytes;
}

describe('readIdxFile', () => {
  test.each(EXAMPLES)(
    'reads $array.dtype, gzipped or not, from disk and bytes',
    async ({ array, bytes }) => {
      const path = join(folder, 'example.idx');
      for (const file of [bytes, gzipSync(bytes)]) {
        await writeFile(path, file);
        const options = { sha256: sha256(bytes).toUpperCase() };
        expect(await readIdxFile(path, options)).toEqual(array);
        expect(await readIdxFile(pathToFileURL(path), options)).toEqual(array);
        expect(await readIdxFile(file, options)).toEqual(array);
        expect(await readIdxFile(file)).toEqual(array);
      }
    },
  );

  test('turns numbers of every type, after headers of every length', async () => {
    const path = join(folder, 'turned.idx');
    for (const { array } of EXAMPLES) {
      for (let rank = 0; rank <= 5; rank++) {
        const shape = Array.from({ length: rank }, () => 1);
        const one = { ...array, shape, data: array.data.slice(0, 1) } as IdxArray;
        const file = encodeIdx(one);
        for (const bytes of [file, gzipSync(file)]) {
          await writeFile(path, bytes);
          expect(await readIdxFile(path)).toEqual(one);
          expect(await readIdxFile(bytes)).toEqual(one);
        }
      }
    }
  });

  test('reads and hashes a file of more than 2 GiB', { timeout: 60_000 }, async () => {
    const shape = [2 ** 15, 2 ** 15 + 1];
    const size = 12 + 2 * 2 ** 15 * (2 ** 15 + 1);
    const path = join(folder, 'large.idx');
    // All of it a hole but for the header and the last number.
    const handle = await open(path, 'w');
    await handle.write(encodeIdxHeader('int16', shape), 0, 12, 0);
    await handle.write(Uint8Array.of(1, 2), 0, 2, size - 2);
    await handle.close();
    const hash = createHash('sha256');
    await pipeline(createReadStream(path, { highWaterMark: MEBIBYTE }), hash);
    const { data, ...array } = await readIdxFile(path, { sha256: hash.digest('hex') });
    await rm(path);
    expect(array).toEqual({ dtype: 'int16', shape });
    expect([data.length, data.at(-2), data.at(-1)]).toEqual([2 ** 30 + 2 ** 15, 0, 258]);
  });

  test('leaves the bytes that it is given as they are', async () => {
    for (const { bytes } of EXAMPLES) {
      const before = Uint8Array.from(bytes);
      await readIdxFile(bytes);
      expect(bytes).toEqual(before);
    }
  });

  test('says what readIdx says of files that are none', async () => {
    const gzip = gzipSync(encodeIdx(EXAMPLES[0]!.array));
    const damaged = Uint8Array.from(gzip);
    damaged[gzip.length - 5] = (gzip.at(-5) ?? 0) ^ 1;
    for (const bytes of [
      Uint8Array.of(),
      gzip.subarray(0, 2),
      gzip.subarray(0, -1),
      damaged,
      gzipSync(gzip),
      gzipSync(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 1)),
      gzipSync(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 1, 2, 3, 4)),
      Uint8Array.of(...gzip, 0),
    ]) {
      const expected = await rejectionOf(readIdx(bytes, { name: 'x' }));
      const error = await rejectionOf(readIdxFile(bytes, { name: 'x' }));
      expect(error).toBeInstanceOf(IdxFormatError);
      expect(error).toMatchObject({
        message: (expected as Error).message,
        offset: (expected as IdxFormatError).offset,
      });
    }
  });

  test('keeps the limit', async () => {
    const gzip = gzipSync(encodeIdx({ dtype: 'uint8', shape: [1000], data: new Uint8Array(1000) }));
    expect((await readIdxFile(gzip, { maxBytes: 1008 })).shape).toEqual([1000]);
    expect(await rejectionOf(readIdxFile(gzip, { maxBytes: 1007 }))).toMatchObject({
      message: 'readIdxFile: size: expected at most 1007 bytes of content, got 1008',
      offset: 4,
    });
  });

  test('refuses a file of another hash, and a hash that is none', async () => {
    const { bytes } = EXAMPLES[0]!;
    const other = '0'.repeat(64);
    expect(await rejectionOf(readIdxFile(bytes, { sha256: other }))).toMatchObject({
      name: 'IdxFormatError',
      message: `readIdxFile: hash: expected SHA-256 ${other}, got ${sha256(bytes)}`,
      offset: 0,
    });
    await expect(readIdxFile(bytes, { sha256: 'abc' })).rejects.toThrow(
      new RangeError('readIdxFile: sha256: expected 64 hex digits, got abc'),
    );
  });

  test('names the file that is not there', async () => {
    await expect(readIdxFile(join(folder, 'none.idx'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('takes memory for the file and its content alone', { timeout: 60_000 }, async () => {
    const size = 24 * MEBIBYTE;
    const data = new Float32Array(noise(size).buffer);
    const array: IdxArray = { dtype: 'float32', shape: [size / 4], data };
    const raw = encodeIdx(array);
    const gzip = gzipSync(raw, { level: 1 });
    const [rawPath, gzipPath] = [join(folder, 'raw.idx'), join(folder, 'gzip.idx')];
    await writeFile(rawPath, raw);
    await writeFile(gzipPath, gzip);
    expect(await peakOf(() => readIdxFile(rawPath))).toBeLessThan(1.1 * size);
    expect(await peakOf(() => readIdxFile(gzipPath))).toBeLessThan(
      size + gzip.length + 8 * MEBIBYTE,
    );
  });
});

describe('readScaledFile', () => {
  const array = { dtype: 'uint8', shape: [2, 1, 2], data: Uint8Array.of(0, 51, 126, 255) } as const;
  const bytes = encodeIdx(array);

  test('gives floats from 0 to 1, checked by hash', async () => {
    for (const file of [bytes, gzipSync(bytes)]) {
      const scaled = await readScaledFile(file, { sha256: sha256(bytes) });
      expect(scaled).toEqual(scaleImages(array));
      const into = new Float32Array(4);
      const again = await readScaledFile(file, { into });
      expect(again).toEqual(scaled);
      expect(again.data).toBe(into);
    }
  });

  test('refuses another hash, another type, and memory of another length', async () => {
    await expect(readScaledFile(bytes, { sha256: '0'.repeat(64) })).rejects.toThrow(
      new IdxFormatError(
        `readScaledFile: hash: expected SHA-256 ${'0'.repeat(64)}, got ${sha256(bytes)}`,
        0,
      ),
    );
    const wide = encodeIdx({ dtype: 'int16', shape: [1], data: Int16Array.of(1) });
    expect(await rejectionOf(readScaledFile(wide))).toMatchObject({
      name: 'IdxFormatError',
      message: 'readScaledFile: data type: expected uint8, got int16',
      offset: 2,
    });
    await expect(readScaledFile(bytes, { into: new Float32Array(5) })).rejects.toThrow(
      new RangeError('scaleImages: into: expected 4 numbers, got 5'),
    );
  });
});

/** How much more memory array buffers take at most while something runs. */
async function peakOf(action: () => Promise<unknown>): Promise<number> {
  const before = process.memoryUsage().arrayBuffers;
  let peak = 0;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
  }, 1);
  const result = await action();
  peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
  clearInterval(timer);
  expect(result).toBeDefined();
  return peak;
}

describe('nodeTools', () => {
  test('inflate what is gzipped, and leave the rest', async () => {
    const { bytes } = EXAMPLES[0]!;
    expect(await nodeTools.inflate(bytes, { where: 'x' })).toBe(bytes);
    expect(Uint8Array.from(await nodeTools.inflate(gzipSync(bytes), { where: 'x' }))).toEqual(
      bytes,
    );
  });

  test('hash memory that threads share too', async () => {
    const shared = new Uint8Array(new SharedArrayBuffer(3)).fill(7);
    expect(await nodeTools.sha256(shared)).toBe(sha256(Uint8Array.of(7, 7, 7)));
    const gzip = gzipSync(EXAMPLES[0]!.bytes);
    const sharedGzip = new Uint8Array(new SharedArrayBuffer(gzip.length));
    sharedGzip.set(gzip);
    expect(await readIdxFile(sharedGzip)).toEqual(EXAMPLES[0]!.array);
  });
});
