import { Reshape, Slice, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Pass } from './pass.js';

export interface Part {
  readonly row?: number;
  readonly rows: number;
  readonly column?: number;
  readonly columns: number;
}

/** A part of a matrix. */
export function sliceOf(
  pass: Pass,
  matrix: TensorInfo,
  { row = 0, rows, column = 0, columns }: Part,
): TensorInfo {
  return pass.kernel(Slice, { x: matrix }, { begin: [row, column], size: [rows, columns] });
}

/** A part of one row of a matrix, as a vector. */
export function rowOf(
  pass: Pass,
  matrix: TensorInfo,
  part: { readonly row: number; readonly column?: number; readonly columns: number },
): TensorInfo {
  const slice = sliceOf(pass, matrix, { ...part, rows: 1 });
  return pass.kernel(Reshape, { x: slice }, { shape: [part.columns] });
}
