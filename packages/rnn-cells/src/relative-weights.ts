import type { Variable } from '@tensorflow/tfjs-core';
import type { RNNCell } from './rnn-cell.js';

/** A cell's variables by their path below the loop's scope. */
export function relativeWeights(cell: RNNCell<unknown>): Readonly<Record<string, Variable>> {
  return (
    cell.weights ??
    Object.fromEntries(cell.trainableVariables.map((variable) => [variable.name, variable]))
  );
}
