import { BasicLSTMCell } from '../cells/basic-lstm-cell.js';
import { BasicRNNCell } from '../cells/basic-rnn-cell.js';
import { GRUCell } from '../cells/gru-cell.js';
import { LayerNormBasicLSTMCell } from '../cells/layer-norm-basic-lstm-cell.js';
import { LSTMCell } from '../cells/lstm-cell.js';
import { zerosInitializer } from '../initializers/zeros-initializer.js';
import { setWeights } from '../weights.js';
import type { AnyPlainCell, CellType, PlainCell } from './plain-cell.js';

/** The classes of cells by name. */
export interface CellOfType {
  readonly BasicRNNCell: BasicRNNCell;
  readonly BasicLSTMCell: BasicLSTMCell;
  readonly LSTMCell: LSTMCell;
  readonly GRUCell: GRUCell;
  readonly LayerNormBasicLSTMCell: LayerNormBasicLSTMCell;
}

/**
 * A cell that computes, of a plain one.
 *
 * @param cell - class, options and weights; it stays as it is
 * @returns a new cell with variables of its own, which the caller disposes
 * @throws RangeError if the class is not known, or as its constructor and `setWeights` do
 * @throws {@link ShapeError} if the weights do not fit the options
 */
export function createCell<Type extends CellType>(cell: PlainCell<Type>): CellOfType[Type] {
  const created = construct(cell as unknown as AnyPlainCell);
  try {
    setWeights(created, cell.weights, { scope: '' });
  } catch (error) {
    created.dispose();
    throw error;
  }
  return created as CellOfType[Type];
}

function construct(cell: AnyPlainCell): CellOfType[CellType] {
  // The first values are about to be replaced, so the cheapest do.
  const kernelInitializer = zerosInitializer();
  switch (cell.type) {
    case 'BasicRNNCell':
      return new BasicRNNCell({ ...cell.options, kernelInitializer });
    case 'BasicLSTMCell':
      return new BasicLSTMCell({ ...cell.options, kernelInitializer });
    case 'LSTMCell':
      return new LSTMCell({ ...cell.options, kernelInitializer });
    case 'GRUCell':
      return new GRUCell({ ...cell.options, kernelInitializer });
    case 'LayerNormBasicLSTMCell':
      return new LayerNormBasicLSTMCell({ ...cell.options, kernelInitializer });
  }
  const { type } = cell as { readonly type: unknown };
  throw new RangeError(
    `createCell: type: expected the name of a class of cell, got ${String(type)}`,
  );
}
