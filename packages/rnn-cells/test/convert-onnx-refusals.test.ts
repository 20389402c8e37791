import '@tensorflow/tfjs-backend-cpu';
import {
  type AnyPlainCell,
  fromKeras,
  fromONNX,
  type ONNXNode,
  ShapeError,
  toONNX,
} from '../src/index.js';
import {
  but,
  describeRefusals,
  forms,
  gru,
  lstm,
  projected,
  rnn,
  sharedRefusals,
  zeros,
} from './convert-refusal-cases.js';

const onnxLSTM: ONNXNode = { type: 'LSTM', inputs: { W: zeros(1, 8, 3), R: zeros(1, 8, 2) } };

const resetAfter = fromKeras({
  type: 'GRU',
  weights: { kernel: zeros(3, 6), recurrent_kernel: zeros(2, 6) },
});

describeRefusals('toONNX', [
  ...sharedRefusals('a cell', (cell) => toONNX({ cellsFw: [cell] }), 'toONNX: cellsFw[0]'),
  [
    'a projection',
    () => toONNX({ cellsBw: [projected(1)] }),
    "toONNX: cellsBw[0]: projectionSize: expected none, got 1 (ONNX's LSTM has no projection)",
  ],
  [
    'cells of two classes',
    () => toONNX({ cellsFw: [lstm], cellsBw: [rnn] }),
    'toONNX: cellsBw[0]: type: expected LSTM, as in cellsFw[0], got RNN (a node of ONNX has one for both directions)',
  ],
  [
    'GRUs of two forms',
    () => toONNX({ cellsFw: [gru], cellsBw: [resetAfter] }),
    'toONNX: cellsBw[0]: resetAfter: expected false, as in cellsFw[0], got true (a node of ONNX has one for both directions)',
  ],
  [
    'directions of two inputs',
    () =>
      toONNX({
        cellsFw: [rnn],
        cellsBw: [
          {
            ...but(rnn, { inputSize: 1 }),
            weights: { ...rnn.weights, 'basic_rnn_cell/kernel': zeros(3, 2) },
          } as AnyPlainCell,
        ],
      }),
    'toONNX: cellsBw[0]: inputSize: expected 3, got 1',
    ShapeError,
  ],
  [
    'two layers',
    () => toONNX({ cellsFw: [lstm, lstm] }),
    'toONNX: cellsFw: expected at most one cell, as a node is one layer, got 2',
    RangeError,
  ],
  [
    'no cells',
    () => toONNX({}),
    'toONNX: cells: expected one, or one in each direction, got none',
    RangeError,
  ],
]);

describeRefusals('fromONNX', [
  [
    'a GRU that resets before for PyTorch’s form',
    () =>
      fromONNX(
        { type: 'GRU', inputs: { W: zeros(1, 6, 3), R: zeros(1, 6, 2) } },
        { resetAfter: true },
      ),
    `fromONNX: resetAfter: expected false, got true (${forms})`,
  ],
  [
    'a clip',
    () => fromONNX({ ...onnxLSTM, attributes: { clip: 3 } }),
    'fromONNX: clip: expected none, got 3 (it bounds what the activations see, which no cell does)',
  ],
  [
    'coupled gates',
    () => fromONNX({ ...onnxLSTM, attributes: { input_forget: 1 } }),
    'fromONNX: input_forget: expected 0, got 1 (no cell makes its forget gate of its input gate)',
  ],
  [
    'gates that are no sigmoids',
    () => fromONNX({ ...onnxLSTM, attributes: { activations: ['HardSigmoid', 'Tanh', 'Tanh'] } }),
    "fromONNX: activations[0]: expected 'Sigmoid', got 'HardSigmoid' (gates of cells are sigmoids)",
  ],
  [
    'two activations where a cell has one',
    () => fromONNX({ ...onnxLSTM, attributes: { activations: ['Sigmoid', 'Relu', 'Tanh'] } }),
    "fromONNX: activations[1]: expected 'Tanh', got 'Relu' (a cell has one for both g and h)",
  ],
  [
    'an activation that cells do not have',
    () =>
      fromONNX({ ...onnxLSTM, attributes: { activations: ['Sigmoid', 'Softsign', 'Softsign'] } }),
    "fromONNX: activations[2]: expected one of 'Affine', 'Relu', 'Sigmoid', 'Tanh', got 'Softsign' (cells know no other by name)",
  ],
  [
    'an Affine that is not the identity',
    () =>
      fromONNX({
        ...onnxLSTM,
        attributes: {
          activations: ['Sigmoid', 'Affine', 'Affine'],
          activation_alpha: [1, 2],
          activation_beta: [0, 0],
        },
      }),
    'fromONNX: activation_alpha: expected 1 for each Affine, got [1, 2] (cells have no Affine but the identity)',
  ],
  [
    'an Affine that does not say what it is',
    () =>
      fromONNX({
        ...onnxLSTM,
        attributes: { activations: ['Sigmoid', 'Affine', 'Affine'], activation_alpha: [1, 1] },
      }),
    'fromONNX: activation_beta: expected 0 for each Affine, got [] (cells have no Affine but the identity)',
  ],
  [
    'too few activations',
    () => fromONNX({ ...onnxLSTM, attributes: { activations: ['Tanh'] } }),
    'fromONNX: activations: expected 3 names, got 1',
    RangeError,
  ],
  [
    'a direction that is not known',
    () => fromONNX({ ...onnxLSTM, attributes: { direction: 'backward' } }),
    "fromONNX: direction: expected 'forward', 'reverse' or 'bidirectional', got 'backward'",
    RangeError,
  ],
  [
    'a type that is not known',
    () => fromONNX({ ...onnxLSTM, type: 'Conv' as 'LSTM' }),
    "fromONNX: type: expected one of 'RNN', 'LSTM', 'GRU', got 'Conv'",
    RangeError,
  ],
  [
    'weights of one direction for two',
    () => fromONNX({ ...onnxLSTM, attributes: { direction: 'bidirectional' } }),
    'fromONNX: inputs: W: expected shape [2, 4 * units, inputSize], got [1, 8, 3]',
    ShapeError,
  ],
  [
    'a matrix that is none of so many gates',
    () => fromONNX({ ...onnxLSTM, type: 'GRU' }),
    'fromONNX: inputs: W: expected shape [1, 3 * units, inputSize], got [1, 8, 3]',
    ShapeError,
  ],
  [
    'another hidden_size than the weights’',
    () => fromONNX({ ...onnxLSTM, attributes: { hidden_size: 3 } }),
    'fromONNX: inputs: W: expected shape [1, 12, 3], got [1, 8, 3]',
    ShapeError,
  ],
  [
    'inputs that are no weights',
    () => fromONNX({ ...onnxLSTM, inputs: { ...onnxLSTM.inputs, X: zeros(1, 1, 3) } }),
    'fromONNX: inputs: expected the tensors W, R, got X',
    RangeError,
  ],
  [
    'peepholes of a GRU',
    () =>
      fromONNX({
        type: 'GRU',
        inputs: { W: zeros(1, 6, 3), R: zeros(1, 6, 2), P: zeros(1, 6) },
      }),
    'fromONNX: inputs: expected the tensors W, R, got P',
    RangeError,
  ],
]);
