import type { IdxData } from './idx-array.js';
import { countElements } from './idx-header.js';
import { writeUnits } from './scale-images.js';

/** How the rows of a file become the rows of a batch. */
export interface RowCodec<Dtype extends 'uint8' | 'float32'> {
  readonly dtype: Dtype;
  /** Shape of one row in a batch. */
  readonly shape: readonly number[];
  /** Bytes of one row in the file. */
  readonly bytes: number;
  /** Numbers of one row in a batch. */
  readonly size: number;
  readonly array: new (length: number) => IdxData[Dtype];
  /**
   * Writes rows, given as whole, one after the other, from the start of `into`. Without `scale`
   * floats of images are the bytes' own values.
   */
  write(rows: Uint8Array, into: IdxData[Dtype], scale: boolean): void;
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
    array: Uint8Array,
    write: (rows, into) => into.set(rows),
    view: (rows) => rows,
  };
}

/** 0 to 255 becomes 0 to 1. */
export function unitCodec(shape: readonly number[]): RowCodec<'float32'> {
  const size = countElements(shape);
  return {
    dtype: 'float32',
    shape,
    bytes: size,
    size,
    array: Float32Array,
    write(rows, into, scale) {
      if (scale) writeUnits(rows, into, 0);
      else into.set(rows);
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
    array: Float32Array,
    write(rows, into) {
      into.fill(0);
      for (let i = 0; i < rows.length; i++) into[i * numClasses + (rows[i] as number)] = 1;
    },
  };
}
