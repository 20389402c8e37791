import type { RNNCell } from '../rnn-cell.js';

/** One cell as it is fitted, and as it predicts. Both have the same weights. */
export interface CellPair {
  /** Drops what its `DropoutWrapper`s drop. It owns the weights. */
  readonly training: RNNCell<unknown>;
  /** Drops nothing. The same object where there is no dropout. */
  readonly inference: RNNCell<unknown>;
}

/** Wraps both cells of a pair; the same cell is wrapped once. */
export function mapPair(
  { training, inference }: CellPair,
  wrap: (cell: RNNCell<unknown>) => RNNCell<unknown>,
): CellPair {
  const wrapped = wrap(training);
  return { training: wrapped, inference: inference === training ? wrapped : wrap(inference) };
}

/** Joins several pairs into one; where none drops anything, once. */
export function joinPairs(
  pairs: readonly CellPair[],
  join: (cells: readonly RNNCell<unknown>[]) => RNNCell<unknown>,
): CellPair {
  const training = join(pairs.map((pair) => pair.training));
  const same = pairs.every((pair) => pair.inference === pair.training);
  return { training, inference: same ? training : join(pairs.map((pair) => pair.inference)) };
}
