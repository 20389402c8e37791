import type { PlainTensors } from '../convert/plain-tensor.js';

/** What a safetensors file holds. */
export interface Safetensors {
  readonly tensors: PlainTensors;
  /** Free text by key. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** The key in the header under which the metadata stand, and no tensor can. */
export const METADATA = '__metadata__';

/** The number of bytes that come first, and say how long the header is. */
export const LENGTH_BYTES = 8;

/**
 * The most bytes of a header: 16 MiB. A tensor takes about 100, so this is room for 160,000 of them,
 * while JSON that is made to be harmful takes up to 14 times its size in memory. (The format's own limit
 * is 100 MB.)
 */
export const MAX_SAFETENSORS_HEADER_BYTES: number = 2 ** 24;
