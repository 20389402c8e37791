import type { RNNCell } from '../rnn-cell.js';
import { kind } from './check-tensor.js';

const methods = ['zeroState', 'call'] as const;

/**
 * Asserts that a value has what a loop needs of a cell, and that none of its variables is disposed.
 *
 * @throws TypeError otherwise
 */
export function checkCell(where: string, cell: unknown): asserts cell is RNNCell<unknown> {
  const candidate = cell as Partial<RNNCell<unknown>> | null | undefined;
  const fits =
    typeof candidate === 'object' &&
    candidate !== null &&
    methods.every((name) => typeof candidate[name] === 'function') &&
    Array.isArray(candidate.trainableVariables);
  if (!fits) throw new TypeError(`${where}: expected a cell, got ${kind(cell)}`);
  checkVariables(where, candidate as RNNCell<unknown>);
}

/**
 * Asserts that none of a cell's variables is disposed.
 *
 * @throws TypeError otherwise
 */
export function checkVariables(where: string, cell: RNNCell<unknown>): void {
  if (cell.trainableVariables.some((variable) => variable.isDisposed)) {
    throw new TypeError(`${where}: expected a cell with its variables, got a disposed one`);
  }
}
