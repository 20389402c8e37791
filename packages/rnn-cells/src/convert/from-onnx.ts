import type { ActivationName } from '../activation.js';
import { reorderBlocks, splitBlocks } from './blocks.js';
import { checkKind } from './check-kind.js';
import { refuse } from './conversion-error.js';
import { GATE_ORDER, type Layer, LAYER_KINDS, type LayerKind } from './layer.js';
import { layerToCell } from './layer-to-cell.js';
import { transpose } from './matrix.js';
import { readActivations } from './onnx-activations.js';
import { ONNX_ORDER, type ONNXAttributes, type ONNXNode } from './onnx-node.js';
import { type ONNXWeights, splitDirections } from './onnx-weights.js';
import type { CellOfKind, CellTarget, PlainCells } from './plain-cell.js';
import type { PlainTensor } from './plain-tensor.js';

const name = 'fromONNX';

/**
 * The cells of a node of ONNX's operators RNN, LSTM and GRU, one for each direction.
 *
 * ONNX's matrices are ours transposed, with the gates i, o, f, c or z, r, h (its z is our u, its c our j)
 * as rows. With those in our order, and `[W_b, R_b]` the two halves of B,
 *
 * ```text
 * kernel = [Wᵀ; Rᵀ]                         of an RNN, of an LSTM, of r and u
 * bias   = W_b + R_b, less forgetBias in f  of an RNN, of an LSTM, of r and u
 * w_i_diag, w_o_diag, w_f_diag = P          of an LSTM
 * ```
 *
 * and so of a GRU's candidate; but with `linear_before_reset` it stays apart in `input_projection` (W, W_b)
 * and `hidden_projection` (R, R_b). What is not there is 0. An RNN becomes a `BasicRNNCell`, an LSTM an
 * `LSTMCell`, and a GRU a `GRUCell` of its own form.
 *
 * @param node - its type, attributes and weights
 * @param target - what the cells are to be like
 * @returns a cell as plain data for each direction that the node has; they share no memory with it
 * @throws {@link ConversionError} if the node clips, couples its gates, has activations that cells do not
 * have, or a GRU is wanted in its other form
 * @throws RangeError if the type or direction is not known, or a weight is missing or not known
 * @throws {@link ShapeError} if the weights do not fit each other
 * @throws TypeError if a weight is no plain tensor
 *
 * Source: the operators RNN, GRU and LSTM of ONNX, version 22.
 */
export function fromONNX<Kind extends LayerKind>(
  { type: kind, attributes = {}, inputs }: ONNXNode<Kind>,
  target: CellTarget = {},
): PlainCells<CellOfKind[Kind]> {
  checkKind(name, kind, LAYER_KINDS);
  const { direction = 'forward' } = attributes;
  if (!['bidirectional', 'forward', 'reverse'].includes(direction)) {
    const expected = "'forward', 'reverse' or 'bidirectional'";
    throw new RangeError(`${name}: direction: expected ${expected}, got '${direction}'`);
  }
  refuseExtras(attributes);
  const directions = direction === 'bidirectional' ? 2 : 1;
  const activations = readActivations(name, kind, attributes, directions);
  const sizes = { kind, directions, hiddenSize: attributes.hidden_size };
  const weights = splitDirections(`${name}: inputs`, sizes, inputs);
  const resetAfter = (attributes.linear_before_reset ?? 0) !== 0;
  const cells = weights.map((tensors, i) => {
    const layer = readLayer({ kind, activation: activations[i]!, resetAfter }, tensors);
    return layerToCell(name, layer, target) as CellOfKind[Kind];
  });
  return direction === 'reverse'
    ? { cellsFw: [], cellsBw: cells }
    : { cellsFw: cells.slice(0, 1), cellsBw: cells.slice(1) };
}

function refuseExtras({ clip, input_forget = 0 }: ONNXAttributes): void {
  if (clip !== undefined) {
    const reason = 'it bounds what the activations see, which no cell does';
    refuse(`${name}: clip`, { expected: 'none', got: String(clip), reason });
  }
  if (input_forget !== 0) {
    const reason = 'no cell makes its forget gate of its input gate';
    refuse(`${name}: input_forget`, { expected: '0', got: String(input_forget), reason });
  }
}

interface LayerTraits {
  readonly kind: LayerKind;
  readonly activation: ActivationName;
  readonly resetAfter: boolean;
}

/** The layer of one direction, of the weights of that direction alone. */
function readLayer({ kind, activation, resetAfter }: LayerTraits, weights: ONNXWeights): Layer {
  const inOrder = (tensor: PlainTensor): PlainTensor =>
    reorderBlocks(tensor, ONNX_ORDER[kind], GATE_ORDER[kind]);
  const { W, R, B, P } = weights;
  const [bias, recurrentBias] = splitBlocks(B, 2) as [PlainTensor, PlainTensor];
  const gates = {
    kernel: inOrder(transpose(W)),
    recurrentKernel: inOrder(transpose(R)),
    bias: inOrder(bias),
    recurrentBias: inOrder(recurrentBias),
  };
  if (kind === 'GRU') return { kind, activation, gates, resetAfter };
  if (kind === 'RNN' || P === undefined) return { kind, activation, gates };
  const [i, o, f] = splitBlocks(P, 3) as [PlainTensor, PlainTensor, PlainTensor];
  return { kind, activation, gates, peepholes: { i, f, o } };
}
