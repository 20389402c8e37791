import { endianness } from 'node:os';
import type { IdxArray } from '../idx-array.js';
import { NPY_CODES, NPY_MAGIC } from './npy-types.js';

/** numpy begins the data at a multiple of this, so that it can map them into memory. */
const ALIGNMENT = 64;

/** Version 1.0, then two bytes of the header's length. */
const VERSION = [1, 0];

/**
 * Writes an array as a .npy file of version 1.0, in C order and this machine's byte order: the very
 * bytes that `numpy.save` writes.
 */
export function encodeNpy({ dtype, shape, data }: IdxArray): Uint8Array {
  const size = data.BYTES_PER_ELEMENT;
  const order = size === 1 ? '|' : endianness() === 'LE' ? '<' : '>';
  const descr = `'descr': '${order}${NPY_CODES[dtype]}'`;
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dict = `{${descr}, 'fortran_order': False, 'shape': ${tuple}, }`;
  const start = NPY_MAGIC.length + VERSION.length + 2;
  const end = Math.ceil((start + dict.length + 1) / ALIGNMENT) * ALIGNMENT;

  const header = Buffer.alloc(end);
  header.set([...NPY_MAGIC, ...VERSION]);
  header.writeUInt16LE(end - start, start - 2);
  header.write(`${dict.padEnd(end - start - 1)}\n`, start, 'latin1');
  // Node writes no text to a buffer of more than 2 GiB, and does not say so.
  const bytes = new Uint8Array(end + data.byteLength);
  bytes.set(header);
  bytes.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), end);
  return bytes;
}
