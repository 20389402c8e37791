import type { IdxData } from './idx-array.js';
import { countElements } from './idx-header.js';

/** How the rows of a file become the rows of a batch. */
export interface RowCodec<Dtype extends 'uint8' | 'float32'> {
  readonly dtype: Dtype;
  /** Shape of one row in a batch. */
  readonly shape: readonly number[];
  /** Bytes of one row in the file. */
  readonly bytes: number;
  /** Numbers of one row in a batch. */
  readonly size: number;
  allocate(size: number): IdxData[Dtype];
  /** Writes rows, given as whole, one after the other. */
  write(rows: Uint8Array, into: IdxData[Dtype], at: number): void;
  /** Where a batch holds the very bytes of the file: those bytes, not copied. */
  view?(rows: Uint8Array): IdxData[Dtype];
}

/** The bytes themselves. */
export function rawCodec(shape: readonly number[]): RowCodec<'uint8'> {
  const size = countElements(shape);
  return {
    dtype: 'uint8',
    shape,
    bytes: size,
    size,
    allocate: (length) => new Uint8Array(length),
    write: (rows, into, at) => into.set(rows, at),
    view: (rows) => rows,
  };
}

/** Every byte's `numpy.multiply(byte, 1.0 / 255.0)` in float32, which for 126 is not byte / 255. */
const UNIT = Float32Array.from({ length: 256 }, (_, byte) => byte * Math.fround(1 / 255));

/** 0 to 255 becomes 0 to 1. */
export function unitCodec(shape: readonly number[]): RowCodec<'float32'> {
  const size = countElements(shape);
  return {
    dtype: 'float32',
    shape,
    bytes: size,
    size,
    allocate: (length) => new Float32Array(length),
    write(rows, into, at) {
      for (let i = 0; i < rows.length; i++) into[at + i] = UNIT[rows[i] as number] as number;
    },
  };
}

/** A label becomes a row of zeros with a one at its place. */
export function oneHotCodec(numClasses: number): RowCodec<'float32'> {
  return {
    dtype: 'float32',
    shape: [numClasses],
    bytes: 1,
    size: numClasses,
    allocate: (length) => new Float32Array(length),
    write(rows, into, at) {
      for (let i = 0; i < rows.length; i++) into[at + i * numClasses + (rows[i] as number)] = 1;
    },
  };
}
