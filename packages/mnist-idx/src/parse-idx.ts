import type { IdxArray } from './idx-array.js';
import { arrayOf, fileBytes, sizeError } from './idx-data.js';
import { type IdxHeader, parseHeader } from './idx-header.js';
import { kindOf } from './kind-of.js';
import { swapOrder } from './native-order.js';

/** Options of {@link parseIdx}. */
export interface ParseIdxOptions {
  /** What messages call the bytes, such as a file's name. Default: `'parseIdx'`. */
  readonly name?: string;
}

/**
 * Reads the uncompressed bytes of an IDX file: big-endian, any of the six data types, any rank up
 * to {@link MAX_RANK}. The bytes must be one array exactly, with nothing missing or left over.
 *
 * `data` of uint8 and int8 is a view of `bytes`, not a copy: leave `bytes` as they are while it is
 * in use. Wider types are copied into this machine's byte order.
 *
 * @param bytes - the whole file, not gzipped; {@link readIdx} takes both
 * @returns an array whose `dtype` tells the type of its `data`
 * @throws IdxFormatError where the bytes are anything else, with the offset where that shows
 * @throws TypeError when `bytes` is no Uint8Array, such as an ArrayBuffer
 */
export function parseIdx(bytes: Uint8Array, options: ParseIdxOptions = {}): IdxArray {
  const header = parseWhole(bytes, options.name ?? 'parseIdx');
  const { shape, size } = header;
  const raw = bytes.subarray(header.bytes);
  return arrayOf(header, shape, swapOrder(size === 1 ? raw : new Uint8Array(raw), size));
}

/** Checks that bytes are a whole file, and returns its header. */
export function parseWhole(bytes: Uint8Array, where: string): IdxHeader {
  if (!(bytes instanceof Uint8Array)) {
    throw new TypeError(`${where}: expected its bytes in a Uint8Array, got ${kindOf(bytes)}`);
  }
  const header = parseHeader(bytes, where);
  if (bytes.length !== fileBytes(header)) throw sizeError(header, bytes.length, where);
  return header;
}
