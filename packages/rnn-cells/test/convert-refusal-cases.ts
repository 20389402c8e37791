import type { Tensor2D } from '@tensorflow/tfjs-core';
import { expectRefusal } from '@unroll/testing';
import { describe, test } from 'vitest';
import { type AnyPlainCell, ConversionError, type PlainTensor, ShapeError } from '../src/index.js';

type Kind = new (message: string) => Error;

/** What is refused, by which error if it is not `ConversionError`, and in which words. */
export type Refusals = [what: string, convert: () => unknown, message: string, kind?: Kind][];

/** Asserts of each case that it throws just this error and leaves no tensor. */
export function describeRefusals(name: string, cases: Refusals): void {
  describe(`${name} refuses`, () => {
    test.each(cases)('%s', (_what, convert, message, kind = ConversionError) => {
      expectRefusal(convert, kind, message);
    });
  });
}

/** Why one form of a GRU is not the other. */
export const forms =
  'the reset gate scales either the state before its product with the kernel, or that product; ' +
  'no weights make the two equal';

export function zeros(...shape: number[]): PlainTensor {
  return { shape, values: new Float32Array(shape.reduce((size, n) => size * n, 1)) };
}

export const rnn: AnyPlainCell = {
  type: 'BasicRNNCell',
  options: { inputSize: 3, units: 2 },
  weights: { 'basic_rnn_cell/kernel': zeros(5, 2), 'basic_rnn_cell/bias': zeros(2) },
};

export const lstm = {
  type: 'LSTMCell',
  options: { inputSize: 3, units: 2 },
  weights: { 'lstm_cell/kernel': zeros(5, 8), 'lstm_cell/bias': zeros(8) },
} as const satisfies AnyPlainCell;

export const peepholes: AnyPlainCell = {
  ...lstm,
  options: { ...lstm.options, usePeepholes: true },
  weights: {
    ...lstm.weights,
    'lstm_cell/w_i_diag': { shape: [2], values: Float32Array.of(1, 1) },
    'lstm_cell/w_f_diag': { shape: [2], values: Float32Array.of(2, 2) },
    'lstm_cell/w_o_diag': { shape: [2], values: Float32Array.of(3, 3) },
  },
};

export function projected(projectionSize: number): AnyPlainCell {
  return {
    ...lstm,
    options: { ...lstm.options, projectionSize },
    weights: {
      'lstm_cell/kernel': zeros(3 + projectionSize, 8),
      'lstm_cell/bias': zeros(8),
      'lstm_cell/projection/kernel': zeros(2, projectionSize),
    },
  };
}

export const gru: AnyPlainCell = {
  type: 'GRUCell',
  options: { inputSize: 3, units: 2 },
  weights: {
    'gru_cell/gates/kernel': zeros(5, 4),
    'gru_cell/gates/bias': zeros(4),
    'gru_cell/candidate/kernel': zeros(5, 2),
    'gru_cell/candidate/bias': zeros(2),
  },
};

const layerNorm: AnyPlainCell = {
  type: 'LayerNormBasicLSTMCell',
  options: { inputSize: 3, units: 2 },
  weights: {},
};

/** The cell with other options. */
export function but(cell: AnyPlainCell, options: object): AnyPlainCell {
  return { ...cell, options: { ...cell.options, ...options } } as AnyPlainCell;
}

/** What no other system has. */
export function sharedRefusals(
  name: string,
  convert: (cell: AnyPlainCell) => unknown,
  where: string,
): Refusals {
  return [
    [
      `${name}: layer norms`,
      () => convert(layerNorm),
      `${where}: type: expected another class of cell, got LayerNormBasicLSTMCell (no other system has an LSTM with norms inside the step)`,
    ],
    [
      `${name}: a cell clip`,
      () => convert(but(lstm, { cellClip: 3 })),
      `${where}: cellClip: expected none, got 3 (no other system clips the memory; ONNX's clip bounds what the activations see)`,
    ],
    [
      `${name}: a projection clip`,
      () => convert(but(projected(1), { projectionClip: 2 })),
      `${where}: projectionClip: expected none, got 2 (no other system clips the projected output)`,
    ],
    [
      `${name}: an activation that is a function`,
      () => convert(but(rnn, { activation: (x: Tensor2D) => x })),
      `${where}: activation: expected a name, got a function (no other system can be told of it)`,
    ],
    [
      `${name}: an activation that is not known`,
      () => convert(but(rnn, { activation: 'elu' })),
      `${where}: activation: expected 'linear', 'relu', 'sigmoid', 'tanh' or a function, got 'elu'`,
      RangeError,
    ],
    [
      `${name}: a class that is not known`,
      () => convert({ ...rnn, type: 'ConvLSTMCell' } as unknown as AnyPlainCell),
      `${where}: type: expected the name of a class of cell, got ConvLSTMCell`,
      RangeError,
    ],
    [
      `${name}: a size that is none`,
      () => convert(but(rnn, { units: 0 })),
      `${where}: units: expected a whole number from 1, got 0`,
      RangeError,
    ],
    [
      `${name}: a forget bias that is none`,
      () => convert(but(lstm, { forgetBias: Number.NaN })),
      `${where}: forgetBias: expected a finite number, got NaN`,
      RangeError,
    ],
    [
      `${name}: weights of another class`,
      () => convert({ ...rnn, weights: gru.weights }),
      `${where}: weights: expected the tensors basic_rnn_cell/kernel, basic_rnn_cell/bias, got gru_cell/gates/kernel`,
      RangeError,
    ],
    [
      `${name}: a missing weight`,
      () => convert({ ...rnn, weights: { 'basic_rnn_cell/kernel': zeros(5, 2) } }),
      `${where}: weights: expected the tensors basic_rnn_cell/kernel, basic_rnn_cell/bias, got no basic_rnn_cell/bias`,
      RangeError,
    ],
    [
      `${name}: a weight of another shape`,
      () => convert(but(rnn, { inputSize: 4 })),
      `${where}: weights: basic_rnn_cell/kernel: expected shape [6, 2], got [5, 2]`,
      ShapeError,
    ],
    [
      `${name}: too few values`,
      () => convert({ ...rnn, weights: { ...rnn.weights, 'basic_rnn_cell/bias': short } }),
      `${where}: weights: basic_rnn_cell/bias: expected 2 values, got 1`,
      ShapeError,
    ],
    [
      `${name}: values in a plain array`,
      () => convert({ ...rnn, weights: { ...rnn.weights, 'basic_rnn_cell/bias': listed } }),
      `${where}: weights: basic_rnn_cell/bias: expected { shape: [2], values: Float32Array }, got an object with the keys [shape, values]`,
      TypeError,
    ],
  ];
}

const short: PlainTensor = { shape: [2], values: Float32Array.of(1) };
const listed = { shape: [2], values: [1, 2] } as unknown as PlainTensor;
