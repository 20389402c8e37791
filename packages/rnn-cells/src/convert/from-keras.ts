import { reorderBlocks } from './blocks.js';
import { checkKind } from './check-kind.js';
import { refuse } from './conversion-error.js';
import {
  KERAS_KINDS,
  KERAS_ORDER,
  type KerasKinds,
  type KerasLayer,
  type KerasLayerType,
} from './keras-layer.js';
import { knownActivation } from './known-activation.js';
import { GATE_ORDER, type Gates, type Layer, type LayerKind } from './layer.js';
import { layerToCell } from './layer-to-cell.js';
import { reshape, splitRows, zeros } from './matrix.js';
import type { CellOfKind, CellTarget } from './plain-cell.js';
import type { PlainTensor, PlainTensors } from './plain-tensor.js';
import { takeTensors } from './take-tensors.js';
import { unitsOf } from './units-of.js';

const name = 'fromKeras';

/**
 * The cell of a recurrent layer of Keras, or of TensorFlow.js's tf.layers, in one direction; a
 * `Bidirectional` has two such layers.
 *
 * With Keras's columns (gates i, f, c, o or z, r, h; its z is our u, its c our j) in our order,
 *
 * ```text
 * kernel = [kernel; recurrent_kernel]
 * bias   = bias, less forgetBias in f
 * ```
 *
 * and in a GRU with `reset_after`, whose bias has a row for the input and one for the state, their sum
 * for r and u; the candidate's parts stay apart in `input_projection` and `hidden_projection`. Without a
 * bias, ours is 0. A SimpleRNN becomes a `BasicRNNCell`, an LSTM an `LSTMCell`, and a GRU a `GRUCell` of its
 * own form.
 *
 * @param layer - its type, config and weights
 * @param target - what the cell is to be like
 * @returns a cell as plain data; it shares no memory with the layer
 * @throws {@link ConversionError} if an activation is not known here, the gates are no sigmoids, or a GRU is
 * wanted in its other form
 * @throws RangeError if the type is not known, or a weight is missing or not known
 * @throws {@link ShapeError} if the weights do not fit each other
 * @throws TypeError if a weight is no plain tensor
 *
 * Source: keras.layers.SimpleRNN, LSTM and GRU of Keras 3.
 */
export function fromKeras<Type extends KerasLayerType>(
  { type, config = {}, weights }: KerasLayer<Type>,
  target: CellTarget = {},
): CellOfKind[KerasKinds[Type]] {
  checkKind(name, type, Object.keys(KERAS_KINDS));
  const kind: LayerKind = KERAS_KINDS[type];
  const { activation = 'tanh', recurrent_activation: gates = 'sigmoid' } = config;
  const { reset_after: resetAfter = true } = config;
  if (kind !== 'RNN' && gates !== 'sigmoid') {
    const reason = 'gates of cells are sigmoids';
    refuse(`${name}: recurrent_activation`, { expected: "'sigmoid'", got: `'${gates}'`, reason });
  }
  const shared = {
    activation: knownActivation(name, activation),
    gates: readGates(kind, weights, kind === 'GRU' && resetAfter),
  };
  const layer: Layer = kind === 'GRU' ? { kind, ...shared, resetAfter } : { kind, ...shared };
  return layerToCell(name, layer, target) as CellOfKind[KerasKinds[Type]];
}

function readGates(kind: LayerKind, weights: PlainTensors, twoBiases: boolean): Gates {
  const where = `${name}: weights`;
  const gates = KERAS_ORDER[kind].length;
  const { kernel: first, bias: anyBias } = weights;
  const shape = ['inputSize', 'columns'];
  const units = unitsOf(`${where}: kernel`, first, { gates, axis: 1, shape });
  const columns = gates * units;
  const { kernel, recurrent_kernel, bias } = takeTensors(where, weights, {
    shapes: {
      kernel: ['inputSize', columns],
      recurrent_kernel: [units, columns],
      bias: anyBias && (twoBiases ? [2, columns] : [columns]),
    },
  });
  const [inputBias, stateBias] = biasesOf(bias, columns);
  const inOrder = (tensor: PlainTensor): PlainTensor =>
    reorderBlocks(tensor, KERAS_ORDER[kind], GATE_ORDER[kind]);
  return {
    kernel: inOrder(kernel),
    recurrentKernel: inOrder(recurrent_kernel),
    bias: inOrder(inputBias),
    recurrentBias: inOrder(stateBias),
  };
}

/** The bias that comes with the input, and that with the state, each `[columns]`. */
function biasesOf(bias: PlainTensor | undefined, columns: number): [PlainTensor, PlainTensor] {
  const none = zeros([columns]);
  if (bias === undefined) return [none, none];
  if (bias.shape.length === 1) return [bias, none];
  const [input, state] = splitRows(bias, [1, 1]) as [PlainTensor, PlainTensor];
  return [reshape(input, [columns]), reshape(state, [columns])];
}
