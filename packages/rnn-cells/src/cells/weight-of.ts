import type { Rank, Variable } from '@tensorflow/tfjs-core';

/** A variable of a cell by its path, with the rank that the cell gave it. */
export function weightOf<R extends Rank>(
  cell: { readonly weights: Readonly<Record<string, Variable>> },
  path: string,
): Variable<R> {
  return cell.weights[path] as Variable<R>;
}
