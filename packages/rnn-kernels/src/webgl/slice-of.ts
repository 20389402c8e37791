import { Slice, type TensorInfo } from '@tensorflow/tfjs-core';
import type { Pass } from './pass.js';

export interface Part {
  readonly row?: number;
  readonly rows: number;
  readonly columns: number;
}

/** The first columns of some rows of a matrix. */
export function sliceOf(
  pass: Pass,
  matrix: TensorInfo,
  { row = 0, rows, columns }: Part,
): TensorInfo {
  return pass.kernel(Slice, { x: matrix }, { begin: [row, 0], size: [rows, columns] });
}
