import type { CellSpec } from './golden-case.js';

const basic = (inputSize: number, units: number, activation = 'tanh' as const): CellSpec => ({
  type: 'BasicRNNCell',
  inputSize,
  units,
  activation,
});

/** The cells that every law holds for. */
export const cellTable: Readonly<Record<string, CellSpec>> = {
  'BasicRNNCell, tanh': basic(3, 4),
  'BasicRNNCell, sigmoid': { type: 'BasicRNNCell', inputSize: 5, units: 3, activation: 'sigmoid' },
  'BasicRNNCell, linear': { type: 'BasicRNNCell', inputSize: 2, units: 2, activation: 'linear' },
  'BasicRNNCell of one unit': basic(1, 1),
  'BasicRNNCell of nine units': basic(7, 9),
  BasicLSTMCell: { type: 'BasicLSTMCell', inputSize: 3, units: 4, activation: 'tanh' },
  LSTMCell: { type: 'LSTMCell', inputSize: 3, units: 4, activation: 'tanh', forgetBias: 0 },
  'LSTMCell with all options': {
    type: 'LSTMCell',
    inputSize: 3,
    units: 5,
    activation: 'tanh',
    usePeepholes: true,
    cellClip: 3,
    projectionSize: 2,
    projectionClip: 3,
  },
  GRUCell: { type: 'GRUCell', inputSize: 3, units: 4, activation: 'tanh' },
  'GRUCell, reset after': {
    type: 'GRUCell',
    inputSize: 3,
    units: 4,
    activation: 'tanh',
    resetAfter: true,
  },
  LayerNormBasicLSTMCell: {
    type: 'LayerNormBasicLSTMCell',
    inputSize: 3,
    units: 5,
    activation: 'tanh',
  },
  'LayerNormBasicLSTMCell without norms': {
    type: 'LayerNormBasicLSTMCell',
    inputSize: 3,
    units: 4,
    activation: 'tanh',
    layerNorm: false,
  },
  ResidualWrapper: {
    type: 'ResidualWrapper',
    cell: { type: 'GRUCell', inputSize: 3, units: 3, activation: 'tanh' },
  },
  'MultiRNNCell of three kinds': {
    type: 'MultiRNNCell',
    cells: [
      { type: 'BasicLSTMCell', inputSize: 3, units: 4, activation: 'tanh' },
      { type: 'GRUCell', inputSize: 4, units: 3, activation: 'tanh' },
      basic(3, 2),
    ],
  },
  'MultiRNNCell of two': { type: 'MultiRNNCell', cells: [basic(3, 5), basic(5, 2)] },
  'MultiRNNCell of one cell twice': {
    type: 'MultiRNNCell',
    shared: true,
    cells: [basic(3, 3), basic(3, 3)],
  },
  'MultiRNNCell in a MultiRNNCell': {
    type: 'MultiRNNCell',
    cells: [{ type: 'MultiRNNCell', cells: [basic(2, 3), basic(3, 4)] }, basic(4, 2)],
  },
};
