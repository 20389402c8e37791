import { MultiRNNCell } from '../cells/multi-rnn-cell.js';
import type { RNNCell } from '../rnn-cell.js';
import { DropoutWrapper } from '../wrappers/dropout-wrapper.js';
import { ResidualWrapper } from '../wrappers/residual-wrapper.js';

/**
 * A cell with the same weights that drops nothing: the cell itself where there is no `DropoutWrapper`
 * in it.
 *
 * @throws RangeError if one is inside of a `ResidualWrapper`, which does not tell how it joins
 */
export function withoutDropout(where: string, cell: RNNCell<unknown>): RNNCell<unknown> {
  if (cell instanceof DropoutWrapper) return withoutDropout(where, cell.cell as RNNCell<unknown>);
  if (cell instanceof MultiRNNCell) {
    const cells: readonly RNNCell<unknown>[] = cell.cells;
    const kept = cells.map((one) => withoutDropout(where, one));
    return kept.every((one, i) => one === cells[i]) ? cell : new MultiRNNCell(kept);
  }
  if (cell instanceof ResidualWrapper) {
    const inner = cell.cell as RNNCell<unknown>;
    if (withoutDropout(where, inner) !== inner) {
      throw new RangeError(
        `${where}: cell: expected no DropoutWrapper object inside of a ResidualWrapper object, where it cannot be switched off for prediction (describe the cell instead: { type: 'ResidualWrapper', cell: { type: 'DropoutWrapper', ... } })`,
      );
    }
  }
  return cell;
}
