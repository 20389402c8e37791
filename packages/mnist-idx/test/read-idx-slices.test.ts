import { openAsBlob } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { encodeIdx, encodeIdxHeader, type IdxArray, IdxFormatError } from '@unroll/mnist-idx';
import { type ByteChunks, readIdxSlices } from '@unroll/mnist-idx/stream';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rejectionOf, thrownBy } from './errors.js';

const pairs: IdxArray = {
  dtype: 'int16',
  shape: [5, 2],
  data: Int16Array.of(1, -2, 3, -4, 5, -6, 7, -8, 9, -10),
};
const file = encodeIdx(pairs);

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** The bytes in chunks of these lengths, over and over. */
function* chunksOf(bytes: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const end = at + (lengths[i % lengths.length] ?? 1);
    yield bytes.subarray(at, end);
    at = end;
  }
}

async function all(source: ByteChunks, examples: number): Promise<IdxArray[]> {
  const slices: IdxArray[] = [];
  for await (const slice of readIdxSlices(source, { examples })) slices.push(slice);
  return slices;
}

describe('readIdxSlices', () => {
  test('hands out examples, the last slice with what is left', async () => {
    expect(await all([file], 2)).toEqual([
      { dtype: 'int16', shape: [2, 2], data: Int16Array.of(1, -2, 3, -4) },
      { dtype: 'int16', shape: [2, 2], data: Int16Array.of(5, -6, 7, -8) },
      { dtype: 'int16', shape: [1, 2], data: Int16Array.of(9, -10) },
    ]);
    expect(await all([file], 5)).toEqual([pairs]);
    expect(await all([file], Number.MAX_SAFE_INTEGER)).toEqual([pairs]);
  });

  test('reads streams, async iterables and iterables, gzipped or not', async () => {
    async function* later(bytes: Uint8Array) {
      for (const chunk of chunksOf(bytes, [3])) yield await Promise.resolve(chunk);
    }
    for (const bytes of [file, gzipSync(file)]) {
      expect(await all(chunksOf(bytes, [1, 0, 7]), 5)).toEqual([pairs]);
      expect(await all(later(bytes), 5)).toEqual([pairs]);
      expect(await all(new Response(bytes).body!, 5)).toEqual([pairs]);
      expect(await all(new Blob([bytes]).stream(), 5)).toEqual([pairs]);
    }
  });

  test('hands out memory that is the caller’s', async () => {
    const bytes = Uint8Array.from(
      encodeIdx({ dtype: 'uint8', shape: [2], data: Uint8Array.of(1, 2) }),
    );
    const [slice] = await all([bytes], 2);
    bytes.fill(0);
    expect(slice?.data).toEqual(Uint8Array.of(1, 2));
  });

  test('has no slices of a file without elements', async () => {
    for (const shape of [[0], [0, 3], [3, 0], [4294967295, 0]]) {
      expect(await all([encodeIdxHeader('float64', shape)], 1)).toEqual([]);
    }
  });

  test('holds one slice at a time of a file of any size', async () => {
    // 256 MiB, of which nothing but the running chunk exists.
    const mebibyte = 2 ** 20;
    function* long() {
      yield encodeIdxHeader('float64', [256, mebibyte / 8]);
      for (let i = 0; i < 256; i++) yield new Uint8Array(mebibyte);
    }
    let peak = 0;
    let count = 0;
    collectGarbage();
    const before = process.memoryUsage().arrayBuffers;
    for await (const { shape } of readIdxSlices(long(), { examples: 4 })) {
      expect(shape).toEqual([4, mebibyte / 8]);
      count += 1;
      // What is still held, whenever the engine would have collected the rest.
      collectGarbage();
      peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
    }
    expect(count).toBe(64);
    expect(peak).toBeLessThan(16 * mebibyte);
  });

  test('refuses a file only once it has handed out what was sound', async () => {
    const slices = readIdxSlices([file.subarray(0, -1)], { examples: 2 });
    expect((await slices.next()).value).toMatchObject({ shape: [2, 2] });
    expect((await slices.next()).value).toMatchObject({ shape: [2, 2] });
    const error = await rejectionOf(slices.next());
    expect(error).toMatchObject({
      message: 'readIdxSlices: size: expected 32 bytes for int16 of shape [5, 2], got 31',
      offset: 31,
    });
  });

  test('cancels its source when it is left early, and when the file is wrong', async () => {
    let closed = 0;
    function* source(bytes: Uint8Array) {
      try {
        for (;;) yield bytes;
      } finally {
        closed += 1;
      }
    }
    for await (const _ of readIdxSlices(source(file), { examples: 1 })) break;
    expect(closed).toBe(1);
    for await (const _ of readIdxSlices(source(gzipSync(file)), { examples: 1 })) break;
    expect(closed).toBe(2);
    await rejectionOf(readIdxSlices(source(Uint8Array.of(1)), { examples: 1 }).next());
    expect(closed).toBe(3);
    let cancelled = false;
    const stream = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.enqueue(file),
      cancel: () => void (cancelled = true),
    });
    for await (const _ of readIdxSlices(stream, { examples: 1 })) break;
    expect(cancelled).toBe(true);
  });

  test('lets an error of the source through as it is', async () => {
    const failure = new Error('the network went away');
    async function* failing(bytes: Uint8Array) {
      yield await Promise.resolve(bytes.subarray(0, 20));
      throw failure;
    }
    for (const bytes of [file, gzipSync(file)]) {
      expect(await rejectionOf(all(failing(bytes), 5))).toBe(failure);
    }
  });

  test('reads a file of the disk', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'unroll-slices-'));
    const path = join(folder, 'pairs.idx');
    await writeFile(path, file);
    expect(await all((await openAsBlob(path)).stream(), 5)).toEqual([pairs]);
    await rm(folder, { recursive: true });
  });
});

describe('readIdxSlices refuses', () => {
  test.each([0, -1, 1.5, Number.NaN, Infinity])(
    'slices of %s examples, at the call',
    (examples) => {
      expect(thrownBy(() => readIdxSlices([file], { examples }))).toEqual(
        new RangeError(`readIdxSlices: examples: expected an integer from 1, got ${examples}`),
      );
    },
  );

  test.each([
    ['bytes that are in no chunks', file, 'Uint8Array'],
    ['a path', 'pairs.idx', 'String'],
    ['nothing', null, 'null'],
  ])('%s, at the call', (_, source, kind) => {
    expect(thrownBy(() => readIdxSlices(source as never, { examples: 1 }))).toEqual(
      new TypeError(
        'readIdxSlices: source: expected a stream, or chunks of bytes that can be iterated, ' +
          `got ${kind}`,
      ),
    );
  });

  test('chunks that are no bytes', async () => {
    expect(await rejectionOf(all(['text'] as never, 1))).toEqual(
      new TypeError('readIdxSlices: source: expected chunks that are Uint8Array, got String'),
    );
  });

  const gzip = gzipSync(file);
  const cases: [what: string, chunks: Uint8Array[], offset: number, message: string][] = [
    ['no bytes', [], 0, 'magic number: expected 4 bytes, got 0'],
    [
      'half a header',
      [file.subarray(0, 6)],
      6,
      'shape: expected 12 bytes of header for rank 2, got 6',
    ],
    [
      'a rank of 0',
      [Uint8Array.of(0, 0, 8, 0, 1)],
      3,
      'rank: expected 1 at least for slices, got 0',
    ],
    ['a rank over the limit', [Uint8Array.of(0, 0, 8, 33)], 3, 'rank: expected at most 32, got 33'],
    [
      'a byte left over',
      [file, Uint8Array.of(1)],
      32,
      'size: expected 32 bytes for int16 of shape [5, 2], got 33',
    ],
    [
      'a byte where none is wanted',
      [encodeIdxHeader('int8', [0]), Uint8Array.of(1)],
      8,
      'size: expected 8 bytes for int8 of shape [0], got 9',
    ],
    [
      'a gzip stream that ends early',
      [gzip.subarray(0, -1)],
      0,
      'gzip: expected a whole stream, got a broken one: unexpected end of file',
    ],
    [
      'gzip in gzip',
      [gzipSync(gzip)],
      0,
      'magic number: expected uncompressed IDX, got gzip (1f 8b), which readIdx inflates',
    ],
    [
      'more elements than have an exact length',
      [encodeIdxHeader('uint8', [2 ** 31, 2 ** 31])],
      4,
      'shape: expected at most 1125899906842624 elements, got [2147483648, 2147483648]',
    ],
    [
      'a slice larger than the limit, before any memory is taken for it',
      [encodeIdxHeader('float64', [7, 2 ** 30])],
      4,
      'slice: expected at most 1073741824 bytes, got 60129542144 for float64 of shape [7, 1073741824]',
    ],
  ];

  test.each(cases)('%s', async (_, chunks, offset, message) => {
    const error = await rejectionOf(all(chunks, 7));
    expect(error).toBeInstanceOf(IdxFormatError);
    expect(error).toMatchObject({ message: `readIdxSlices: ${message}`, offset });
  });

  test('a slice larger than a limit of the caller’s, under a name of its own', async () => {
    const slices = readIdxSlices([file], { examples: 2, maxBytes: 7, name: 'pairs.idx' });
    expect(await rejectionOf(slices.next())).toMatchObject({
      message: 'pairs.idx: slice: expected at most 7 bytes, got 8 for int16 of shape [2, 2]',
      offset: 4,
    });
  });
});

describe('for any file, chunks and size of slices', () => {
  test('the slices in a row are the array', async () => {
    const property = fc.asyncProperty(
      fc.array(fc.integer(), { minLength: 1, maxLength: 60 }),
      fc.integer({ min: 1, max: 8 }),
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 4 }),
      fc.boolean(),
      async (numbers, examples, lengths, gzipped) => {
        const array = {
          dtype: 'int32',
          shape: [numbers.length],
          data: Int32Array.from(numbers),
        } as const;
        const bytes = encodeIdx(array);
        const source = chunksOf(gzipped ? gzipSync(bytes) : bytes, lengths);
        const slices = await all(source, examples);
        expect(slices.flatMap(({ data }) => [...data])).toEqual(numbers);
        expect(slices.slice(0, -1).every(({ shape }) => shape[0] === examples)).toBe(true);
      },
    );
    await fc.assert(property, { numRuns: 100 });
  });
});
