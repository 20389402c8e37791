import { checkFinite } from '../checks/check-number.js';
import { joinBlocks, splitBlocks } from './blocks.js';
import { refuse } from './conversion-error.js';
import { shiftForgetGate } from './forget-gate.js';
import {
  type GRULayer,
  type Layer,
  type LayerKind,
  type LSTMLayer,
  type RNNLayer,
  sizesOf,
} from './layer.js';
import { add, joinRows } from './matrix.js';
import type { CellOfKind, CellTarget, PlainCell } from './plain-cell.js';
import type { PlainTensor } from './plain-tensor.js';

/**
 * A layer as one of our cells.
 *
 * @param where - who asks, for errors: `fromPyTorch`
 * @param target - what the cell is to be like
 * @throws {@link ConversionError} if a GRU's cell is to have the other form
 * @throws RangeError if the forget bias is not finite
 */
export function layerToCell(
  where: string,
  layer: Layer,
  target: CellTarget,
): CellOfKind[LayerKind] {
  if (layer.kind === 'RNN') return toBasicRNNCell(layer);
  return layer.kind === 'LSTM' ? toLSTMCell(where, layer, target) : toGRUCell(where, layer, target);
}

function toBasicRNNCell(layer: RNNLayer): PlainCell<'BasicRNNCell'> {
  const { inputSize, units } = sizesOf(layer);
  const { kernel, recurrentKernel, bias, recurrentBias } = layer.gates;
  return {
    type: 'BasicRNNCell',
    options: { inputSize, units, activation: layer.activation },
    weights: {
      'basic_rnn_cell/kernel': joinRows(kernel, recurrentKernel),
      'basic_rnn_cell/bias': add(bias, recurrentBias),
    },
  };
}

function toLSTMCell(
  where: string,
  layer: LSTMLayer,
  { forgetBias = 0 }: CellTarget,
): PlainCell<'LSTMCell'> {
  checkFinite(`${where}: forgetBias`, forgetBias);
  const { inputSize, units, outputSize } = sizesOf(layer);
  const { activation, peepholes, projection } = layer;
  const { kernel, recurrentKernel, bias, recurrentBias } = layer.gates;
  return {
    type: 'LSTMCell',
    options: {
      inputSize,
      units,
      forgetBias,
      activation,
      ...(peepholes === undefined ? {} : { usePeepholes: true }),
      ...(projection === undefined ? {} : { projectionSize: outputSize }),
    },
    weights: {
      'lstm_cell/kernel': joinRows(kernel, recurrentKernel),
      'lstm_cell/bias': shiftForgetGate(add(bias, recurrentBias), -forgetBias),
      ...(peepholes === undefined
        ? {}
        : {
            'lstm_cell/w_f_diag': peepholes.f,
            'lstm_cell/w_i_diag': peepholes.i,
            'lstm_cell/w_o_diag': peepholes.o,
          }),
      ...(projection === undefined ? {} : { 'lstm_cell/projection/kernel': projection }),
    },
  };
}

function toGRUCell(
  where: string,
  layer: GRULayer,
  { resetAfter = layer.resetAfter }: CellTarget,
): PlainCell<'GRUCell'> {
  if (resetAfter !== layer.resetAfter) {
    refuse(`${where}: resetAfter`, {
      expected: String(layer.resetAfter),
      got: String(resetAfter),
      reason: GRU_FORMS,
    });
  }
  const { inputSize, units } = sizesOf(layer);
  const { kernel, recurrentKernel, bias, recurrentBias } = layer.gates;
  const [input, state] = [splitCandidate(kernel), splitCandidate(recurrentKernel)];
  const [inputBias, stateBias] = [splitCandidate(bias), splitCandidate(recurrentBias)];
  const scope = resetAfter ? 'cudnn_compatible_gru_cell' : 'gru_cell';
  const candidate: Record<string, PlainTensor> = resetAfter
    ? {
        [`${scope}/candidate/input_projection/kernel`]: input.candidate,
        [`${scope}/candidate/input_projection/bias`]: inputBias.candidate,
        [`${scope}/candidate/hidden_projection/kernel`]: state.candidate,
        [`${scope}/candidate/hidden_projection/bias`]: stateBias.candidate,
      }
    : {
        [`${scope}/candidate/kernel`]: joinRows(input.candidate, state.candidate),
        [`${scope}/candidate/bias`]: add(inputBias.candidate, stateBias.candidate),
      };
  return {
    type: 'GRUCell',
    options: { inputSize, units, resetAfter, activation: layer.activation },
    weights: {
      [`${scope}/gates/kernel`]: joinRows(input.gates, state.gates),
      [`${scope}/gates/bias`]: add(inputBias.gates, stateBias.gates),
      ...candidate,
    },
  };
}

/** Why a GRU of one form cannot become one of the other. */
export const GRU_FORMS: string =
  'the reset gate scales either the state before its product with the kernel, or that product; ' +
  'no weights make the two equal';

/** The blocks r, u, and the block c. */
function splitCandidate(tensor: PlainTensor): { gates: PlainTensor; candidate: PlainTensor } {
  const [r, u, candidate] = splitBlocks(tensor, 3) as [PlainTensor, PlainTensor, PlainTensor];
  return { gates: joinBlocks([r, u]), candidate };
}
