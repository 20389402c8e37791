import type { IdxArray } from './idx-array.js';
import { arrayOf, fileBytes, sizeError } from './idx-data.js';
import { parseHeader } from './idx-header.js';
import { IDX_TYPES } from './idx-types.js';

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
 */
export function parseIdx(bytes: Uint8Array, options: ParseIdxOptions = {}): IdxArray {
  return parseWhole(bytes, options.name ?? 'parseIdx', false);
}

/**
 * What {@link parseIdx} does.
 *
 * @param own - whether `bytes` may be written to: then wider numbers are turned where they are
 */
export function parseWhole(bytes: Uint8Array, where: string, own: boolean): IdxArray {
  const header = parseHeader(bytes, where);
  if (bytes.length !== fileBytes(header)) throw sizeError(header, bytes.length, where);
  const raw = bytes.subarray(header.bytes);
  const size = IDX_TYPES[header.dtype].array.BYTES_PER_ELEMENT;
  const inPlace = size === 1 || (own && raw.byteOffset % Math.max(size, 4) === 0);
  return arrayOf(header, header.shape, inPlace ? raw : new Uint8Array(raw));
}
