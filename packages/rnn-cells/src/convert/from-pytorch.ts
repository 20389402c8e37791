import type { ActivationName } from '../activation.js';
import { reorderBlocks } from './blocks.js';
import { checkKind } from './check-kind.js';
import { GATE_ORDER, type Layer, LAYER_KINDS, type LayerKind } from './layer.js';
import { layerToCell } from './layer-to-cell.js';
import { transpose, zeros } from './matrix.js';
import type { CellOfKind, CellTarget, PlainCells } from './plain-cell.js';
import type { PlainTensor, PlainTensors } from './plain-tensor.js';
import { PYTORCH_ORDER, pyTorchSuffix, type PyTorchModule } from './pytorch-module.js';
import { checkStateDict } from './pytorch-state-dict.js';

export interface FromPyTorchOptions extends CellTarget {
  /** What the names of the module's tensors begin with: `'encoder.lstm.'`. Default `''`. */
  readonly prefix?: string;
}

const name = 'fromPyTorch';

/**
 * The cells of a recurrent module of PyTorch, one for each layer and direction.
 *
 * PyTorch's matrices are ours transposed, with the gates i, f, g, o or r, z, n (its z is our u) as rows.
 * With those in our order,
 *
 * ```text
 * kernel                      = [W_ihᵀ; W_hhᵀ]                      of an RNN, of an LSTM, of r and u
 * bias                        = b_ih + b_hh, less forgetBias in f   of an RNN, of an LSTM, of r and u
 * projection/kernel           = W_hrᵀ                               of an LSTM
 * input_projection/{kernel,bias}  = W_inᵀ, b_in                     of a GRU's candidate
 * hidden_projection/{kernel,bias} = W_hnᵀ, b_hn                     of a GRU's candidate
 * ```
 *
 * Without biases, ours are 0. An RNN becomes a `BasicRNNCell`, an LSTM an `LSTMCell`, and a GRU a `GRUCell`
 * with `resetAfter`, as TensorFlow 1's own GRU cannot hold it.
 *
 * One direction runs as a `MultiRNNCell` in `dynamicRNN`, two in `stackBidirectionalDynamicRNN`. PyTorch has
 * the states of all of them in one tensor: fw and bw of layer 0, fw and bw of layer 1.
 *
 * @param module - its type and state dict
 * @param options - where its tensors are, and what the cells are to be like
 * @returns cells as plain data, bottom to top; they share no memory with the module
 * @throws {@link ConversionError} if a GRU is wanted without `resetAfter`
 * @throws RangeError if the type or nonlinearity is not known, or a tensor is missing or not known
 * @throws {@link ShapeError} if the tensors do not fit each other
 * @throws TypeError if one is no plain tensor
 *
 * Source: torch.nn.RNN, torch.nn.LSTM and torch.nn.GRU of PyTorch 2.
 */
export function fromPyTorch<Kind extends LayerKind>(
  module: PyTorchModule<Kind>,
  options: FromPyTorchOptions = {},
): PlainCells<CellOfKind[Kind]> {
  const { type: kind, stateDict, nonlinearity = 'tanh' } = module;
  checkKind(name, kind, LAYER_KINDS);
  if (!['relu', 'tanh'].includes(nonlinearity)) {
    throw new RangeError(`${name}: nonlinearity: expected 'relu' or 'tanh', got '${nonlinearity}'`);
  }
  const activation = kind === 'RNN' ? nonlinearity : 'tanh';
  const { tensors, layers, bidirectional } = checkStateDict(
    `${name}: stateDict`,
    kind,
    below(options.prefix ?? '', stateDict),
  );
  const cellsOf = (reverse: boolean): CellOfKind[Kind][] =>
    Array.from({ length: layers }, (_, layer) => {
      const suffix = pyTorchSuffix(layer, reverse);
      const read = readLayer({ kind, activation, tensors, suffix });
      return layerToCell(name, read, options) as CellOfKind[Kind];
    });
  return { cellsFw: cellsOf(false), cellsBw: bidirectional ? cellsOf(true) : [] };
}

/** The tensors whose names begin with the prefix, by the rest of their names. */
function below(prefix: string, tensors: PlainTensors): PlainTensors {
  return Object.fromEntries(
    Object.entries(tensors)
      .filter(([path]) => path.startsWith(prefix))
      .map(([path, tensor]) => [path.slice(prefix.length), tensor]),
  );
}

interface LayerParts {
  readonly kind: LayerKind;
  readonly activation: ActivationName;
  readonly tensors: Readonly<Record<string, PlainTensor>>;
  readonly suffix: string;
}

function readLayer({ kind, activation, tensors, suffix }: LayerParts): Layer {
  const inOrder = (tensor: PlainTensor): PlainTensor =>
    reorderBlocks(tensor, PYTORCH_ORDER[kind], GATE_ORDER[kind]);
  const matrix = (part: string): PlainTensor => inOrder(transpose(tensors[`${part}_${suffix}`]!));
  const kernel = matrix('weight_ih');
  const bias = (part: string): PlainTensor => {
    const tensor = tensors[`${part}_${suffix}`];
    return tensor ? inOrder(tensor) : zeros([kernel.shape[1]!]);
  };
  const gates = {
    kernel,
    recurrentKernel: matrix('weight_hh'),
    bias: bias('bias_ih'),
    recurrentBias: bias('bias_hh'),
  };
  const projection = tensors[`weight_hr_${suffix}`];
  if (kind === 'GRU') return { kind, activation, gates, resetAfter: true };
  if (kind === 'RNN' || !projection) return { kind, activation, gates };
  return { kind, activation, gates, projection: transpose(projection) };
}
