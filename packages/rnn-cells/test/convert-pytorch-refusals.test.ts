import '@tensorflow/tfjs-backend-cpu';
import { fromPyTorch, type PyTorchModule, ShapeError, toPyTorch } from '../src/index.js';
import {
  but,
  describeRefusals,
  forms,
  gru,
  lstm,
  peepholes,
  projected,
  rnn,
  sharedRefusals,
  zeros,
} from './convert-refusal-cases.js';

const pyTorchLSTM: PyTorchModule = {
  type: 'LSTM',
  stateDict: {
    weight_ih_l0: zeros(8, 3),
    weight_hh_l0: zeros(8, 2),
    bias_ih_l0: zeros(8),
    bias_hh_l0: zeros(8),
  },
};

const pyTorchGRU: PyTorchModule = {
  type: 'GRU',
  stateDict: { weight_ih_l0: zeros(6, 3), weight_hh_l0: zeros(6, 2) },
};

/** The module with some tensors more or others instead. */
function withTensors(module: PyTorchModule, tensors: object): PyTorchModule {
  return { ...module, stateDict: { ...module.stateDict, ...tensors } };
}

describeRefusals('toPyTorch', [
  ...sharedRefusals('a cell', (cell) => toPyTorch({ cellsFw: [cell] }), 'toPyTorch: cellsFw[0]'),
  [
    'TensorFlow 1’s GRU',
    () => toPyTorch({ cellsFw: [gru] }),
    `toPyTorch: cellsFw[0]: resetAfter: expected true, got false (${forms})`,
  ],
  [
    'peepholes',
    () => toPyTorch({ cellsFw: [peepholes] }),
    "toPyTorch: cellsFw[0]: usePeepholes: expected false, got true (PyTorch's LSTM has no peepholes)",
  ],
  [
    'a projection as large as the memory',
    () => toPyTorch({ cellsFw: [projected(2)] }),
    "toPyTorch: cellsFw[0]: projectionSize: expected less than units, 2, got 2 (PyTorch's LSTM takes no larger one)",
  ],
  [
    'another activation of an LSTM',
    () => toPyTorch({ cellsFw: [but(lstm, { activation: 'relu' })] }),
    "toPyTorch: cellsFw[0]: activation: expected 'tanh', got 'relu' (PyTorch's LSTM has no other)",
  ],
  [
    'another activation of an RNN',
    () => toPyTorch({ cellsFw: [but(rnn, { activation: 'sigmoid' })] }),
    "toPyTorch: cellsFw[0]: activation: expected 'tanh' or 'relu', got 'sigmoid' (PyTorch's RNN has no other)",
  ],
  [
    'cells of two classes',
    () => toPyTorch({ cellsFw: [lstm], cellsBw: [rnn] }),
    'toPyTorch: cellsBw[0]: type: expected LSTM, as in cellsFw[0], got RNN (a module of PyTorch has one for all its layers)',
  ],
  [
    'cells of two sizes',
    () =>
      toPyTorch({
        cellsFw: [
          lstm,
          {
            ...lstm,
            options: { inputSize: 2, units: 1 },
            weights: { 'lstm_cell/kernel': zeros(3, 4), 'lstm_cell/bias': zeros(4) },
          },
        ],
      }),
    'toPyTorch: cellsFw[1]: units: expected 2, as in cellsFw[0], got 1 (a module of PyTorch has one for all its layers)',
  ],
  [
    'a projection in one cell alone',
    () => toPyTorch({ cellsFw: [lstm], cellsBw: [projected(1)] }),
    'toPyTorch: cellsBw[0]: projectionSize: expected none, as in cellsFw[0], got 1 (a module of PyTorch has one for all its layers)',
  ],
  [
    'layers that do not join',
    () => toPyTorch({ cellsFw: [lstm, lstm] }),
    'toPyTorch: cellsFw[1]: inputSize: expected 2, got 3',
    ShapeError,
  ],
  [
    'no cells',
    () => toPyTorch({}),
    'toPyTorch: cellsFw: expected one or more cells, got an empty array',
    RangeError,
  ],
  [
    'fewer cells backward',
    () => toPyTorch({ cellsFw: [lstm, lstm], cellsBw: [lstm] }),
    'toPyTorch: cellsBw: expected 2 cells, as many as forward, got 1',
    RangeError,
  ],
]);

describeRefusals('fromPyTorch', [
  [
    'a GRU for TensorFlow 1’s',
    () => fromPyTorch(pyTorchGRU, { resetAfter: false }),
    `fromPyTorch: resetAfter: expected true, got false (${forms})`,
  ],
  [
    'a type that is not known',
    () => fromPyTorch({ ...pyTorchLSTM, type: 'Linear' as 'LSTM' }),
    "fromPyTorch: type: expected one of 'RNN', 'LSTM', 'GRU', got 'Linear'",
    RangeError,
  ],
  [
    'a nonlinearity that is not known',
    () => fromPyTorch({ ...pyTorchLSTM, nonlinearity: 'elu' as 'relu' }),
    "fromPyTorch: nonlinearity: expected 'relu' or 'tanh', got 'elu'",
    RangeError,
  ],
  [
    'a forget bias that is none',
    () => fromPyTorch(pyTorchLSTM, { forgetBias: Infinity }),
    'fromPyTorch: forgetBias: expected a finite number, got Infinity',
    RangeError,
  ],
  [
    'a prefix under which there is nothing',
    () => fromPyTorch(pyTorchLSTM, { prefix: 'encoder.' }),
    'fromPyTorch: stateDict: expected a tensor weight_ih_l0, got []',
    RangeError,
  ],
  [
    'a module under a prefix without it',
    () =>
      fromPyTorch({
        type: 'RNN',
        stateDict: Object.fromEntries([1, 2, 3, 4, 5].map((n) => [`layer${n}.weight`, zeros(1)])),
      }),
    'fromPyTorch: stateDict: expected a tensor weight_ih_l0, got [layer1.weight, layer2.weight, layer3.weight, layer4.weight, ...]',
    RangeError,
  ],
  [
    'another module’s tensor',
    () => fromPyTorch(withTensors(pyTorchGRU, { 'head.weight': zeros(1, 2) })),
    'fromPyTorch: stateDict: expected the tensors weight_ih_l0, weight_hh_l0, got head.weight',
    RangeError,
  ],
  [
    'one bias of two',
    () => fromPyTorch(withTensors(pyTorchGRU, { bias_ih_l0: zeros(6) })),
    'fromPyTorch: stateDict: expected the tensors weight_ih_l0, weight_hh_l0, bias_ih_l0, bias_hh_l0, got no bias_hh_l0',
    RangeError,
  ],
  [
    'a matrix that is none of so many gates',
    () => fromPyTorch({ ...pyTorchGRU, type: 'LSTM' }),
    'fromPyTorch: stateDict: weight_ih_l0: expected shape [4 * units, inputSize], got [6, 3]',
    ShapeError,
  ],
  [
    'an LSTM that is said to be an RNN',
    () => fromPyTorch({ ...pyTorchLSTM, type: 'RNN' }),
    'fromPyTorch: stateDict: weight_hh_l0: expected shape [8, 8], got [8, 2]',
    ShapeError,
  ],
  [
    'a projection of another size of memory',
    () => fromPyTorch(withTensors(pyTorchLSTM, { weight_hr_l0: zeros(1, 3) })),
    'fromPyTorch: stateDict: weight_hr_l0: expected shape [projectionSize, 2], got [1, 3]',
    ShapeError,
  ],
  [
    'a second layer that does not read the first',
    () =>
      fromPyTorch(
        withTensors(pyTorchGRU, { weight_ih_l1: zeros(6, 3), weight_hh_l1: zeros(6, 2) }),
      ),
    'fromPyTorch: stateDict: weight_ih_l1: expected shape [6, 2], got [6, 3]',
    ShapeError,
  ],
  [
    'a tensor that is none',
    () => fromPyTorch(withTensors(pyTorchGRU, { weight_ih_l0: [1, 2] })),
    'fromPyTorch: stateDict: weight_ih_l0: expected { shape: [3 * units, inputSize], values: Float32Array }, got an array of 2',
    TypeError,
  ],
]);
