import { endianness } from 'node:os';
import type { IdxArray } from '../idx-array.js';
import { arrayOf } from '../idx-data.js';
import { headerBytes } from '../idx-header.js';
import { parseWhole } from '../parse-idx.js';
import { swapBytes } from './swap-bytes.js';

/**
 * `parseIdx` by Node's own code, which turns numbers four times as fast.
 *
 * @param own - whether `bytes` may be written to: then wider numbers are turned in their memory, as
 *   to touch new memory takes more time than all else
 */
export function parseInNode(bytes: Uint8Array, where: string, own: boolean): IdxArray {
  const header = parseWhole(bytes, where);
  const { shape, size } = header;
  const raw = bytes.subarray(header.bytes);
  const numbers = (own ? moved(raw, size) : undefined) ?? copied(raw, size);
  if (endianness() === 'LE') swapBytes(numbers, size);
  return arrayOf(header, shape, numbers);
}

function copied(raw: Uint8Array, size: number): Uint8Array {
  return size === 1 ? raw : new Uint8Array(raw);
}

/** The numbers at an offset that their size divides, over the end of the header where need be. */
function moved(raw: Uint8Array, size: number): Uint8Array | undefined {
  const { buffer, byteOffset, length } = raw;
  const by = byteOffset % size;
  // What is before the shortest header is not ours.
  if (by > headerBytes(0)) return undefined;
  return new Uint8Array(buffer, byteOffset - by, length + by).copyWithin(0, by).subarray(0, length);
}
