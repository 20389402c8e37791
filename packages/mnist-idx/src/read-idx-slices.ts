import { type ByteChunks, ByteReader, isByteChunks } from './byte-reader.js';
import type { IdxArray } from './idx-array.js';
import { arrayOf, fileBytes, sizeError } from './idx-data.js';
import { IdxFormatError } from './idx-format-error.js';
import { describe, headerBytes } from './idx-header.js';
import { MAX_INFLATED_BYTES, MAX_STREAMED_ELEMENTS } from './idx-limits.js';
import { inflateChunks } from './inflate-chunks.js';
import { kindOf } from './kind-of.js';
import { swapOrder } from './native-order.js';
import { readHeader } from './read-header.js';

/** Options of {@link readIdxSlices}. */
export interface ReadIdxSlicesOptions {
  /** How many examples, that is, entries of the first dimension, a slice has: an integer from 1. */
  readonly examples: number;
  /** What messages call the file. Default: `'readIdxSlices'`. */
  readonly name?: string;
  /** How many bytes a slice may have. Default: {@link MAX_INFLATED_BYTES}, 1 GiB. */
  readonly maxBytes?: number;
}

/**
 * Reads an IDX file of any size in slices along its first dimension: `[examples, ...rest]`, the
 * last one smaller where it does not come out even. Only one slice is in memory at a time, and it
 * is the caller's own. A file of no elements has no slices.
 *
 * The file may be gzipped, which shows in its first two bytes. The header is checked before the
 * first slice, and that the file ends where it should, with the checksum of gzip, before the last:
 * whoever has got the last has seen all of a sound file.
 *
 * @param source - its bytes in chunks: a stream, such as a response's body or a file's, or anything
 *   that can be iterated; it is cancelled when the caller stops early
 * @throws RangeError at the call, when `examples` is not an integer from 1
 * @throws TypeError at the call, when `source` is no stream and cannot be iterated, or is bytes that
 *   are not in chunks (`[bytes]` are); later, when a chunk is no Uint8Array
 * @throws IdxFormatError where the bytes are no IDX file, of rank 1 at least, or a slice is larger
 *   than `maxBytes`
 */
export function readIdxSlices(
  source: ByteChunks,
  options: ReadIdxSlicesOptions,
): AsyncGenerator<IdxArray, void, undefined> {
  const { examples } = options;
  if (!Number.isSafeInteger(examples) || examples < 1) {
    const expected = 'expected an integer from 1';
    throw new RangeError(`readIdxSlices: examples: ${expected}, got ${examples}`);
  }
  if (!isByteChunks(source)) {
    const expected = 'expected a stream, or chunks of bytes that can be iterated';
    throw new TypeError(`readIdxSlices: source: ${expected}, got ${kindOf(source)}`);
  }
  return slices(source, options);
}

async function* slices(
  source: ByteChunks,
  options: ReadIdxSlicesOptions,
): AsyncGenerator<IdxArray, void, undefined> {
  const { examples, name: where = 'readIdxSlices', maxBytes = MAX_INFLATED_BYTES } = options;
  const reader = new ByteReader(inflateChunks(source, where));
  try {
    const header = await readHeader(reader, where, MAX_STREAMED_ELEMENTS);
    const [count, ...rest] = header.shape;
    if (count === undefined) {
      throw new IdxFormatError(`${where}: rank: expected 1 at least for slices, got 0`, 3);
    }
    const end = fileBytes(header);
    const example = (end - header.bytes) / Math.max(count, 1);
    const most = Math.min(examples, count) * example;
    if (most > maxBytes) {
      const got = `${most} for ${describe(header.dtype, [Math.min(examples, count), ...rest])}`;
      const message = `${where}: slice: expected at most ${maxBytes} bytes, got ${got}`;
      throw new IdxFormatError(message, headerBytes(0));
    }
    let at = header.bytes;
    do {
      const raw = new Uint8Array(Math.min(most, end - at));
      const expected = at + raw.length;
      at += await reader.readInto(raw);
      // Nothing may come after the end.
      if (at === end) at += await reader.count(0);
      if (at !== expected) throw sizeError(header, at, where);
      if (raw.length === 0) continue;
      const native = swapOrder(raw, header.size);
      yield arrayOf(header, [raw.length / example, ...rest], native);
    } while (at < end);
  } finally {
    await reader.close();
  }
}
