import { type Activation, activationFunction, type ActivationName } from '../activation.js';
import type { LSTMCellOptions } from '../cells/lstm-cell.js';
import { checkFinite } from '../checks/check-number.js';
import { checkSize } from '../checks/check-size.js';
import { joinBlocks } from './blocks.js';
import { refuse } from './conversion-error.js';
import { shiftForgetGate } from './forget-gate.js';
import type { Gates, GRULayer, Layer, LSTMLayer, RNNLayer } from './layer.js';
import { splitRows, zeros } from './matrix.js';
import type { AnyPlainCell, PlainCell } from './plain-cell.js';
import type { PlainTensor } from './plain-tensor.js';
import { takeTensors } from './take-tensors.js';

/**
 * One of our cells as a layer, which other systems may have or not.
 *
 * @param where - who asks, and about which cell: `toPyTorch: cellsFw[0]`
 * @throws {@link ConversionError} if no other system has such a cell
 * @throws RangeError if the class or an option is not known, or a weight is missing or not known
 * @throws {@link ShapeError} if the weights do not fit the options
 * @throws TypeError if a weight is no plain tensor
 */
export function cellToLayer(where: string, cell: AnyPlainCell): Layer {
  switch (cell.type) {
    case 'BasicRNNCell':
      return fromBasicRNNCell(where, cell);
    case 'BasicLSTMCell':
      return fromLSTMCell(where, 'basic_lstm_cell', cell);
    case 'LSTMCell':
      refuseClips(where, cell);
      return fromLSTMCell(where, 'lstm_cell', cell);
    case 'GRUCell':
      return fromGRUCell(where, cell);
    case 'LayerNormBasicLSTMCell':
      refuse(`${where}: type`, {
        expected: 'another class of cell',
        got: cell.type,
        reason: 'no other system has an LSTM with norms inside the step',
      });
  }
  const { type } = cell as { readonly type: unknown };
  throw new RangeError(`${where}: type: expected the name of a class of cell, got ${String(type)}`);
}

function fromBasicRNNCell(where: string, cell: PlainCell<'BasicRNNCell'>): RNNLayer {
  const { inputSize, units } = checkSizes(where, cell);
  const { kernel, bias } = takeTensors(`${where}: weights`, cell.weights, {
    scope: 'basic_rnn_cell/',
    shapes: { kernel: [inputSize + units, units], bias: [units] },
  });
  const activation = checkActivation(where, cell.options.activation);
  return { kind: 'RNN', activation, gates: gatesOf(kernel, bias, inputSize) };
}

function refuseClips(where: string, { options }: PlainCell<'LSTMCell'>): void {
  const { cellClip, projectionClip } = options;
  if (cellClip !== undefined) {
    const reason = "no other system clips the memory; ONNX's clip bounds what the activations see";
    refuse(`${where}: cellClip`, { expected: 'none', got: String(cellClip), reason });
  }
  if (projectionClip !== undefined) {
    const reason = 'no other system clips the projected output';
    refuse(`${where}: projectionClip`, { expected: 'none', got: String(projectionClip), reason });
  }
}

function fromLSTMCell(
  where: string,
  scope: string,
  cell: PlainCell<'BasicLSTMCell'> | PlainCell<'LSTMCell'>,
): LSTMLayer {
  const { inputSize, units } = checkSizes(where, cell);
  const { forgetBias = 1, activation } = cell.options;
  checkFinite(`${where}: forgetBias`, forgetBias);
  const { usePeepholes = false, projectionSize }: Partial<LSTMCellOptions> =
    cell.type === 'LSTMCell' ? cell.options : {};
  if (projectionSize !== undefined) checkSize(`${where}: projectionSize`, projectionSize);
  const diagonal = usePeepholes ? [units] : undefined;
  const weights = takeTensors(`${where}: weights`, cell.weights, {
    scope: `${scope}/`,
    shapes: {
      kernel: [inputSize + (projectionSize ?? units), 4 * units],
      bias: [4 * units],
      w_i_diag: diagonal,
      w_f_diag: diagonal,
      w_o_diag: diagonal,
      'projection/kernel': projectionSize === undefined ? undefined : [units, projectionSize],
    },
  });
  const { kernel, bias, w_i_diag: i, w_f_diag: f, w_o_diag: o } = weights;
  const projection = weights['projection/kernel'];
  return {
    kind: 'LSTM',
    activation: checkActivation(where, activation),
    gates: gatesOf(kernel, shiftForgetGate(bias, forgetBias), inputSize),
    ...(i && f && o ? { peepholes: { i, f, o } } : {}),
    ...(projection ? { projection } : {}),
  };
}

function fromGRUCell(where: string, cell: PlainCell<'GRUCell'>): GRULayer {
  const { inputSize, units } = checkSizes(where, cell);
  const { resetAfter = false } = cell.options;
  const only = (form: boolean, shape: readonly number[]): readonly number[] | undefined =>
    resetAfter === form ? shape : undefined;
  const weights = takeTensors(`${where}: weights`, cell.weights, {
    scope: resetAfter ? 'cudnn_compatible_gru_cell/' : 'gru_cell/',
    shapes: {
      'gates/kernel': [inputSize + units, 2 * units],
      'gates/bias': [2 * units],
      'candidate/kernel': only(false, [inputSize + units, units]),
      'candidate/bias': only(false, [units]),
      'candidate/input_projection/kernel': only(true, [inputSize, units]),
      'candidate/input_projection/bias': only(true, [units]),
      'candidate/hidden_projection/kernel': only(true, [units, units]),
      'candidate/hidden_projection/bias': only(true, [units]),
    },
  });
  const gates = gatesOf(weights['gates/kernel'], weights['gates/bias'], inputSize);
  const joint = weights['candidate/kernel'];
  const candidate: Gates = joint
    ? gatesOf(joint, weights['candidate/bias']!, inputSize)
    : {
        kernel: weights['candidate/input_projection/kernel']!,
        recurrentKernel: weights['candidate/hidden_projection/kernel']!,
        bias: weights['candidate/input_projection/bias']!,
        recurrentBias: weights['candidate/hidden_projection/bias']!,
      };
  return {
    kind: 'GRU',
    activation: checkActivation(where, cell.options.activation),
    resetAfter,
    gates: {
      kernel: joinBlocks([gates.kernel, candidate.kernel]),
      recurrentKernel: joinBlocks([gates.recurrentKernel, candidate.recurrentKernel]),
      bias: joinBlocks([gates.bias, candidate.bias]),
      recurrentBias: joinBlocks([gates.recurrentBias, candidate.recurrentBias]),
    },
  };
}

/** The gates of a joined kernel, the input's rows first, with one bias. */
function gatesOf(joint: PlainTensor, bias: PlainTensor, inputSize: number): Gates {
  const [rows, columns] = joint.shape as [number, number];
  const [kernel, recurrentKernel] = splitRows(joint, [inputSize, rows - inputSize]) as [
    PlainTensor,
    PlainTensor,
  ];
  return { kernel, recurrentKernel, bias, recurrentBias: zeros([columns]) };
}

function checkSizes(where: string, { options }: AnyPlainCell): AnyPlainCell['options'] {
  checkSize(`${where}: inputSize`, options.inputSize);
  checkSize(`${where}: units`, options.units);
  return options;
}

function checkActivation(where: string, activation: Activation = 'tanh'): ActivationName {
  activationFunction(where, activation);
  if (typeof activation !== 'function') return activation;
  return refuse(`${where}: activation`, {
    expected: 'a name',
    got: 'a function',
    reason: 'no other system can be told of it',
  });
}
