import type { BasicLSTMCellOptions } from '../cells/basic-lstm-cell.js';
import type { BasicRNNCellOptions } from '../cells/basic-rnn-cell.js';
import type { GRUCellOptions } from '../cells/gru-cell.js';
import type { LayerNormBasicLSTMCellOptions } from '../cells/layer-norm-basic-lstm-cell.js';
import type { LSTMCellOptions } from '../cells/lstm-cell.js';
import type { PlainTensors } from './plain-tensor.js';

/** The options of each class of cell. */
export interface CellOptions {
  readonly BasicRNNCell: BasicRNNCellOptions;
  readonly BasicLSTMCell: BasicLSTMCellOptions;
  readonly LSTMCell: LSTMCellOptions;
  readonly GRUCell: GRUCellOptions;
  readonly LayerNormBasicLSTMCell: LayerNormBasicLSTMCellOptions;
}

/** The name of a class of cell. */
export type CellType = keyof CellOptions;

/** A cell as plain data, which is what converters take and give: no tensor, no backend. */
export interface PlainCell<Type extends CellType = CellType> {
  readonly type: Type;
  /** What the class is constructed with. */
  readonly options: CellOptions[Type];
  /**
   * By TensorFlow 1's path below the loop's scope (`lstm_cell/kernel`), as `setWeights` takes them and
   * `readWeights` gives them with `{ scope: '' }`.
   */
  readonly weights: PlainTensors;
}

/** A plain cell of any class. Its `type` tells that of its `options`. */
export type AnyPlainCell = { [Type in CellType]: PlainCell<Type> }[CellType];

/** The layers of a module as cells, bottom to top. Without a direction, its array is empty. */
export interface PlainCells<Cell extends AnyPlainCell = AnyPlainCell> {
  readonly cellsFw: readonly Cell[];
  readonly cellsBw: readonly Cell[];
}

/** The cell that a kind of layer of another system becomes. */
export interface CellOfKind {
  readonly RNN: PlainCell<'BasicRNNCell'>;
  readonly LSTM: PlainCell<'LSTMCell'>;
  readonly GRU: PlainCell<'GRUCell'>;
}

/** What the cell that the weights are for is like, where it could be like several. */
export interface CellTarget {
  /**
   * The `forgetBias` of an LSTM's cell, which is subtracted from the bias. Default 0: no other system
   * adds one, and the bias is kept to the last bit.
   */
  readonly forgetBias?: number;
  /** The `resetAfter` of a GRU's cell. Default: as in the module; the other form is refused. */
  readonly resetAfter?: boolean;
}
