import '@tensorflow/tfjs-backend-cpu';
import { fromKeras, type KerasLayer, ShapeError, toKeras } from '../src/index.js';
import {
  describeRefusals,
  forms,
  peepholes,
  projected,
  sharedRefusals,
  zeros,
} from './convert-refusal-cases.js';

const kerasGRU: KerasLayer = {
  type: 'GRU',
  weights: { kernel: zeros(3, 6), recurrent_kernel: zeros(2, 6), bias: zeros(2, 6) },
};

describeRefusals('toKeras', [
  ...sharedRefusals('a cell', toKeras, 'toKeras'),
  [
    'peepholes',
    () => toKeras(peepholes),
    "toKeras: usePeepholes: expected false, got true (Keras's LSTM has no peepholes)",
  ],
  [
    'a projection',
    () => toKeras(projected(1)),
    "toKeras: projectionSize: expected none, got 1 (Keras's LSTM has no projection)",
  ],
]);

describeRefusals('fromKeras', [
  [
    'a GRU that resets after for TensorFlow 1’s',
    () => fromKeras(kerasGRU, { resetAfter: false }),
    `fromKeras: resetAfter: expected true, got false (${forms})`,
  ],
  [
    'a GRU that resets before for PyTorch’s form',
    () =>
      fromKeras(
        {
          ...kerasGRU,
          config: { reset_after: false },
          weights: { ...kerasGRU.weights, bias: zeros(6) },
        },
        { resetAfter: true },
      ),
    `fromKeras: resetAfter: expected false, got true (${forms})`,
  ],
  [
    'gates that are no sigmoids',
    () => fromKeras({ ...kerasGRU, config: { recurrent_activation: 'hard_sigmoid' } }),
    "fromKeras: recurrent_activation: expected 'sigmoid', got 'hard_sigmoid' (gates of cells are sigmoids)",
  ],
  [
    'an activation that cells do not have',
    () => fromKeras({ ...kerasGRU, config: { activation: 'softsign' } }),
    "fromKeras: activation: expected one of 'linear', 'relu', 'sigmoid', 'tanh', got 'softsign' (cells know no other by name)",
  ],
  [
    'a type that is not known',
    () => fromKeras({ ...kerasGRU, type: 'ConvLSTM2D' as 'GRU' }),
    "fromKeras: type: expected one of 'SimpleRNN', 'LSTM', 'GRU', got 'ConvLSTM2D'",
    RangeError,
  ],
  [
    'a bias of the other form',
    () => fromKeras({ ...kerasGRU, config: { reset_after: false } }),
    'fromKeras: weights: bias: expected shape [6], got [2, 6]',
    ShapeError,
  ],
  [
    'no kernel',
    () => fromKeras({ ...kerasGRU, weights: {} }),
    'fromKeras: weights: kernel: expected a tensor, got none',
    RangeError,
  ],
  [
    'a kernel that is none of so many gates',
    () => fromKeras({ ...kerasGRU, type: 'LSTM' }),
    'fromKeras: weights: kernel: expected shape [inputSize, 4 * units], got [3, 6]',
    ShapeError,
  ],
  [
    'names of another system',
    () => fromKeras({ ...kerasGRU, weights: { ...kerasGRU.weights, B: zeros(6) } }),
    'fromKeras: weights: expected the tensors kernel, recurrent_kernel, bias, got B',
    RangeError,
  ],
]);
