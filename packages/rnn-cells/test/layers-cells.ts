import type { CellConfig } from '../src/layers.js';

/** A cell of every kind and form, for inputs of three features. */
export const cellConfigs: Readonly<Record<string, CellConfig>> = {
  BasicRNNCell: { type: 'BasicRNNCell', units: 4, activation: 'sigmoid' },
  BasicLSTMCell: { type: 'BasicLSTMCell', units: 4, forgetBias: 0.5 },
  'LSTMCell with all options': {
    type: 'LSTMCell',
    units: 5,
    usePeepholes: true,
    cellClip: 0.5,
    projectionSize: 2,
    projectionClip: 0.4,
    forgetBias: 2,
    activation: 'relu',
  },
  GRUCell: { type: 'GRUCell', units: 4 },
  'GRUCell, reset after': { type: 'GRUCell', units: 4, resetAfter: true },
  LayerNormBasicLSTMCell: { type: 'LayerNormBasicLSTMCell', units: 4, normGain: 0.5 },
  ResidualWrapper: { type: 'ResidualWrapper', cell: { type: 'GRUCell', units: 3 } },
  MultiRNNCell: {
    type: 'MultiRNNCell',
    cells: [
      { type: 'BasicLSTMCell', units: 4 },
      { type: 'BasicRNNCell', units: 2 },
    ],
  },
  'MultiRNNCell with wrappers': {
    type: 'MultiRNNCell',
    cells: [
      { type: 'ResidualWrapper', cell: { type: 'BasicRNNCell', units: 3 } },
      { type: 'MultiRNNCell', cells: [{ type: 'GRUCell', units: 2 }] },
      { type: 'DropoutWrapper', cell: { type: 'BasicLSTMCell', units: 2 }, inputKeepProb: 0.5 },
    ],
  },
};
