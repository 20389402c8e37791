import './layers/register-layer.js';

export type {
  BasicLSTMCellConfig,
  BasicRNNCellConfig,
  CellConfig,
  CustomCellConfig,
  DropoutWrapperConfig,
  GRUCellConfig,
  LayerNormBasicLSTMCellConfig,
  LSTMCellConfig,
  MultiRNNCellConfig,
  ResidualWrapperConfig,
  SimpleCellConfig,
} from './layers/cell-config.js';
export { registerCell } from './layers/cell-registry.js';
export { RNNLayer, rnnLayer } from './layers/rnn-layer.js';
export type { RNNLayerOptions } from './layers/rnn-layer-options.js';
