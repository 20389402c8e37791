import { joinBlocks, reorderBlocks } from './blocks.js';
import { cellToLayer } from './cell-to-layer.js';
import { refuse } from './conversion-error.js';
import { KERAS_ORDER, type KerasLayer } from './keras-layer.js';
import { GATE_ORDER, type Layer, sizesOf } from './layer.js';
import { reshape } from './matrix.js';
import type { AnyPlainCell } from './plain-cell.js';
import type { PlainTensor } from './plain-tensor.js';

const name = 'toKeras';

/**
 * A recurrent layer of Keras with the weights of a cell, the inverse of {@link fromKeras}, which has the
 * mapping.
 *
 * The forget bias goes into the bias. Where Keras adds up two biases, all of ours goes into the input's.
 *
 * @param cell - of any class but `LayerNormBasicLSTMCell`
 * @returns the layer: `config` holds the arguments of its constructor, and `weights` are in the order that
 * its `set_weights` takes; it shares no memory with the cell
 * @throws {@link ConversionError} if Keras has no such layer: peepholes, projections, clips or norms; an
 * activation that is a function
 * @throws RangeError if the cell's class, an option or a weight is not known
 * @throws {@link ShapeError} if the weights do not fit the cell
 * @throws TypeError if a weight is no plain tensor
 *
 * Source: keras.layers.SimpleRNN, LSTM and GRU of Keras 3.
 */
export function toKeras(cell: AnyPlainCell): KerasLayer {
  const layer = cellToLayer(name, cell);
  refuseExtras(layer);
  const { kind, activation, gates } = layer;
  const { units } = sizesOf(layer);
  const inOrder = (tensor: PlainTensor): PlainTensor =>
    reorderBlocks(tensor, GATE_ORDER[kind], KERAS_ORDER[kind]);
  const [bias, recurrentBias] = [inOrder(gates.bias), inOrder(gates.recurrentBias)];
  const resetAfter = kind === 'GRU' && layer.resetAfter;
  const columns = bias.shape[0]!;
  return {
    type: kind === 'RNN' ? 'SimpleRNN' : kind,
    config: {
      units,
      activation,
      use_bias: true,
      ...(kind === 'RNN' ? {} : { recurrent_activation: 'sigmoid' }),
      ...(kind === 'GRU' ? { reset_after: resetAfter } : {}),
    },
    weights: {
      kernel: inOrder(gates.kernel),
      recurrent_kernel: inOrder(gates.recurrentKernel),
      // Cells that have but one bias have no recurrent one.
      bias: resetAfter ? reshape(joinBlocks([bias, recurrentBias]), [2, columns]) : bias,
    },
  };
}

function refuseExtras(layer: Layer): void {
  if (layer.kind !== 'LSTM') return;
  if (layer.peepholes) {
    const reason = "Keras's LSTM has no peepholes";
    refuse(`${name}: usePeepholes`, { expected: 'false', got: 'true', reason });
  }
  if (layer.projection) {
    const got = String(sizesOf(layer).outputSize);
    const reason = "Keras's LSTM has no projection";
    refuse(`${name}: projectionSize`, { expected: 'none', got, reason });
  }
}
