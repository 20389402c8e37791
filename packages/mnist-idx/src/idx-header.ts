import type { IdxDtype } from './idx-array.js';
import { IdxFormatError } from './idx-format-error.js';
import { MAX_ELEMENTS, MAX_RANK } from './idx-limits.js';
import { IDX_DTYPES, IDX_TYPES } from './idx-types.js';

/** Two zeros, the data type and the rank. */
const MAGIC_BYTES = 4;

/** What the first bytes of an IDX file say. */
export interface IdxHeader {
  readonly dtype: IdxDtype;
  readonly shape: readonly number[];
  /** The product of `shape`. */
  readonly elements: number;
  /** How many bytes a number has. */
  readonly size: number;
  /** The length of the header itself: where the data begins. */
  readonly bytes: number;
}

/** The header's length for a rank. */
export function headerBytes(rank: number): number {
  return MAGIC_BYTES + 4 * rank;
}

/** The number that begins a file: 2051 for uint8 of rank 3, 2049 for uint8 of rank 1. */
export function magicNumber(dtype: IdxDtype, rank: number): number {
  return IDX_TYPES[dtype].code * 256 + rank;
}

/** Whether the bytes begin like a gzip stream. An IDX file begins with two zeros. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * Reads the header, and nothing after it.
 *
 * @param where - begins the messages
 * @param maxElements - what the product of the dimensions may be at most
 */
export function parseHeader(
  bytes: Uint8Array,
  where: string,
  maxElements: number = MAX_ELEMENTS,
): IdxHeader {
  if (isGzip(bytes)) {
    const expected = 'expected uncompressed IDX, got gzip (1f 8b), which readIdx inflates';
    fail(`${where}: magic number: ${expected}`, 0);
  }
  if (bytes.length < MAGIC_BYTES) {
    fail(`${where}: magic number: expected 4 bytes, got ${bytes.length}`, bytes.length);
  }
  const [zero, zeroToo, code, rank] = bytes as Uint8Array & [number, number, number, number];
  if (zero + zeroToo > 0) {
    fail(`${where}: magic number: expected 00 00 first, got ${hex(zero)} ${hex(zeroToo)}`, 0);
  }
  const dtype = IDX_DTYPES.find((name) => IDX_TYPES[name].code === code);
  if (dtype === undefined) {
    const codes = IDX_DTYPES.map((name) => hex(IDX_TYPES[name].code));
    fail(`${where}: data type: expected one of ${codes.join(', ')}, got ${hex(code)}`, 2);
  }
  if (rank > MAX_RANK) fail(`${where}: rank: expected at most ${MAX_RANK}, got ${rank}`, 3);

  const length = headerBytes(rank);
  if (bytes.length < length) {
    const expected = `${length} bytes of header for rank ${rank}`;
    fail(`${where}: shape: expected ${expected}, got ${bytes.length}`, bytes.length);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(headerBytes(axis)));
  const elements = countElements(shape);
  if (elements > maxElements) {
    const got = `[${shape.join(', ')}]`;
    fail(`${where}: shape: expected at most ${maxElements} elements, got ${got}`, MAGIC_BYTES);
  }
  return { dtype, shape, elements, size: IDX_TYPES[dtype].array.BYTES_PER_ELEMENT, bytes: length };
}

/** The product of the dimensions, exact up to MAX_ELEMENTS; finite for ranks up to MAX_RANK. */
export function countElements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** A type and shape for messages: `uint8 of shape [60000, 28, 28]`. */
export function describe(dtype: IdxDtype, shape: readonly number[]): string {
  return `${dtype} of shape [${shape.join(', ')}]`;
}

function hex(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

function fail(message: string, offset: number): never {
  throw new IdxFormatError(message, offset);
}
