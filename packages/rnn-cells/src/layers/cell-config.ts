import type { BasicLSTMCellOptions } from '../cells/basic-lstm-cell.js';
import type { BasicRNNCellOptions } from '../cells/basic-rnn-cell.js';
import type { GRUCellOptions } from '../cells/gru-cell.js';
import type { LayerNormBasicLSTMCellOptions } from '../cells/layer-norm-basic-lstm-cell.js';
import type { LSTMCellOptions } from '../cells/lstm-cell.js';
import type { DropoutWrapperOptions } from '../wrappers/dropout-wrapper.js';
import type { ResidualWrapperOptions } from '../wrappers/residual-wrapper.js';

/** What a layer knows by itself: `inputSize` of its input, and a name. */
type Known = 'inputSize' | 'name';

/** What all cells that are made of options have. */
export interface SimpleCellConfig {
  /** Features of the input. Default: those that the layer's input has; others are refused. */
  readonly inputSize?: number;
}

/** A `BasicRNNCell`. */
export interface BasicRNNCellConfig extends SimpleCellConfig, Omit<BasicRNNCellOptions, Known> {
  readonly type: 'BasicRNNCell';
}

/** A `BasicLSTMCell`. */
export interface BasicLSTMCellConfig extends SimpleCellConfig, Omit<BasicLSTMCellOptions, Known> {
  readonly type: 'BasicLSTMCell';
}

/** An `LSTMCell`. */
export interface LSTMCellConfig extends SimpleCellConfig, Omit<LSTMCellOptions, Known> {
  readonly type: 'LSTMCell';
}

/** A `GRUCell`, in either form. */
export interface GRUCellConfig extends SimpleCellConfig, Omit<GRUCellOptions, Known> {
  readonly type: 'GRUCell';
}

/** A `LayerNormBasicLSTMCell`, without its own dropout, which cannot be switched off for prediction. */
export interface LayerNormBasicLSTMCellConfig
  extends
    SimpleCellConfig,
    Omit<LayerNormBasicLSTMCellOptions, Known | 'dropoutKeepProb' | 'dropoutSeed'> {
  readonly type: 'LayerNormBasicLSTMCell';
}

/** A `MultiRNNCell`: each cell reads the output of the one before it. */
export interface MultiRNNCellConfig {
  readonly type: 'MultiRNNCell';
  /** Bottom to top, one or more. */
  readonly cells: readonly CellConfig[];
}

/** A `ResidualWrapper`. */
export interface ResidualWrapperConfig extends ResidualWrapperOptions {
  readonly type: 'ResidualWrapper';
  readonly cell: CellConfig;
}

/** A `DropoutWrapper`, which drops while the model is fitted, and not when it predicts or evaluates. */
export interface DropoutWrapperConfig extends DropoutWrapperOptions {
  readonly type: 'DropoutWrapper';
  readonly cell: CellConfig;
}

declare const custom: unique symbol;

/** A cell of your own, as the function that `registerCell` gives describes it. */
export interface CustomCellConfig {
  readonly type: string & { readonly [custom]: true };
}

/**
 * A cell as data: its class and its options. Numbers, booleans, names and further cells are saved with
 * the model. Initializers are not, since a loaded model has its weights; functions as activation or
 * residual cannot be.
 */
export type CellConfig =
  | BasicLSTMCellConfig
  | BasicRNNCellConfig
  | CustomCellConfig
  | DropoutWrapperConfig
  | GRUCellConfig
  | LayerNormBasicLSTMCellConfig
  | LSTMCellConfig
  | MultiRNNCellConfig
  | ResidualWrapperConfig;
