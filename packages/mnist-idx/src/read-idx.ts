import type { IdxArray } from './idx-array.js';
import { inflate } from './inflate.js';
import { parseIdx } from './parse-idx.js';

/** Options of {@link readIdx}. */
export interface ReadIdxOptions {
  /** What messages call the bytes, such as a file's name. Default: `'readIdx'`. */
  readonly name?: string;
  /**
   * How many bytes a gzip stream may inflate to; inflating stops there, so that a small hostile
   * file cannot fill the memory. Default: {@link MAX_INFLATED_BYTES}, 1 GiB. A limit that is none,
   * such as NaN, no stream keeps.
   */
  readonly maxBytes?: number;
}

/**
 * Reads an IDX file that may be gzipped, which shows in its first two bytes. Inflates with the
 * platform's own `DecompressionStream`; apart from that it is {@link parseIdx}.
 *
 * @param bytes - the whole file, gzipped or not
 * @returns an array whose `dtype` tells the type of its `data`
 * @throws IdxFormatError where the content is not one IDX array exactly, the gzip stream is broken,
 *   or its content is longer than `maxBytes`
 * @throws TypeError when `bytes` is no Uint8Array, such as an ArrayBuffer
 */
export async function readIdx(bytes: Uint8Array, options: ReadIdxOptions = {}): Promise<IdxArray> {
  const { name = 'readIdx', maxBytes } = options;
  return parseIdx(await inflate(bytes, { where: name, maxBytes }), { name });
}
