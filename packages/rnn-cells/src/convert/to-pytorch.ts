import { ShapeError } from '../checks/shape-error.js';
import { reorderBlocks } from './blocks.js';
import { cellToLayer } from './cell-to-layer.js';
import { refuse } from './conversion-error.js';
import { GATE_ORDER, type Layer, sizesOf } from './layer.js';
import { GRU_FORMS } from './layer-to-cell.js';
import { transpose } from './matrix.js';
import type { AnyPlainCell, PlainCells } from './plain-cell.js';
import type { PlainTensor } from './plain-tensor.js';
import { PYTORCH_ORDER, pyTorchSuffix, type PyTorchModule } from './pytorch-module.js';

export interface ToPyTorchOptions {
  /** What the names of the tensors begin with: `'encoder.lstm.'`. Default `''`. */
  readonly prefix?: string;
}

const name = 'toPyTorch';

/**
 * A recurrent module of PyTorch with the weights of cells, the inverse of {@link fromPyTorch}, which has the
 * mapping.
 *
 * Where PyTorch adds up two biases, all of ours goes into `bias_ih`, the forget bias too, and `bias_hh`
 * is 0.
 *
 * @param cells - of each layer, bottom to top, in both directions or forward alone; all of one class, one
 * size and one activation
 * @param options - how the tensors are named
 * @returns the module, whose state dict `load_state_dict` takes; it shares no memory with the cells
 * @throws {@link ConversionError} if PyTorch has no such module: a GRU without `resetAfter`; peepholes, clips
 * or norms; a projection not smaller than the memory; an activation other than tanh, or relu in an RNN;
 * cells that differ
 * @throws RangeError if there are no cells, or not as many backward as forward, or a cell's class, an
 * option or a weight is not known
 * @throws {@link ShapeError} if weights do not fit their cell, or a cell not the one below
 * @throws TypeError if a weight is no plain tensor
 *
 * Source: torch.nn.RNN, torch.nn.LSTM and torch.nn.GRU of PyTorch 2.
 */
export function toPyTorch(
  { cellsFw = [], cellsBw = [] }: Partial<PlainCells>,
  { prefix = '' }: ToPyTorchOptions = {},
): PyTorchModule {
  if (cellsFw.length === 0) {
    throw new RangeError(`${name}: cellsFw: expected one or more cells, got an empty array`);
  }
  if (cellsBw.length > 0 && cellsBw.length !== cellsFw.length) {
    throw new RangeError(
      `${name}: cellsBw: expected ${cellsFw.length} cells, as many as forward, got ${cellsBw.length}`,
    );
  }
  const fw = cellsFw.map((cell, i) => readCell(`${name}: cellsFw[${i}]`, cell));
  const bw = cellsBw.map((cell, i) => readCell(`${name}: cellsBw[${i}]`, cell));
  const first = fw[0]!;
  checkStack('cellsFw', fw, first, bw.length > 0);
  checkStack('cellsBw', bw, first, true);

  const stateDict: Record<string, PlainTensor> = {};
  for (const [i, layer] of fw.entries()) {
    const backward = bw[i];
    Object.assign(stateDict, tensorsOf(layer, prefix, pyTorchSuffix(i, false)));
    if (backward) Object.assign(stateDict, tensorsOf(backward, prefix, pyTorchSuffix(i, true)));
  }
  const { kind, activation } = first;
  return {
    type: kind,
    ...(kind === 'RNN' ? { nonlinearity: activation as 'relu' | 'tanh' } : {}),
    stateDict,
  };
}

function readCell(where: string, cell: AnyPlainCell): Layer {
  const layer = cellToLayer(where, cell);
  const { kind, activation } = layer;
  if (activation !== 'tanh' && !(kind === 'RNN' && activation === 'relu')) {
    refuse(`${where}: activation`, {
      expected: kind === 'RNN' ? "'tanh' or 'relu'" : "'tanh'",
      got: `'${activation}'`,
      reason: `PyTorch's ${kind} has no other`,
    });
  }
  if (kind === 'GRU' && !layer.resetAfter) {
    const reason = GRU_FORMS;
    refuse(`${where}: resetAfter`, { expected: 'true', got: 'false', reason });
  }
  if (kind === 'LSTM' && layer.peepholes) {
    const reason = "PyTorch's LSTM has no peepholes";
    refuse(`${where}: usePeepholes`, { expected: 'false', got: 'true', reason });
  }
  const { units, outputSize } = sizesOf(layer);
  if (kind === 'LSTM' && layer.projection && outputSize >= units) {
    refuse(`${where}: projectionSize`, {
      expected: `less than units, ${units}`,
      got: String(outputSize),
      reason: "PyTorch's LSTM takes no larger one",
    });
  }
  return layer;
}

/** Asserts that layers are like the first one of all, and fit onto each other. */
function checkStack(
  cells: 'cellsBw' | 'cellsFw',
  layers: readonly Layer[],
  first: Layer,
  bidirectional: boolean,
): void {
  const expected = traitsOf(first);
  for (const [i, layer] of layers.entries()) {
    const where = `${name}: ${cells}[${i}]`;
    for (const [trait, value] of Object.entries(traitsOf(layer))) {
      if (value === expected[trait]) continue;
      refuse(`${where}: ${trait}`, {
        expected: `${expected[trait]}, as in cellsFw[0]`,
        got: String(value),
        reason: 'a module of PyTorch has one for all its layers',
      });
    }
    const { inputSize, outputSize } = sizesOf(first);
    const wanted = i === 0 ? inputSize : (bidirectional ? 2 : 1) * outputSize;
    const { inputSize: got } = sizesOf(layer);
    if (got !== wanted) {
      throw new ShapeError(`${where}: inputSize: expected ${wanted}, got ${got}`);
    }
  }
}

function traitsOf(layer: Layer): Readonly<Record<string, number | string>> {
  const { kind, activation } = layer;
  const { units, outputSize } = sizesOf(layer);
  const projected = kind === 'LSTM' && layer.projection !== undefined;
  return { type: kind, activation, units, projectionSize: projected ? outputSize : 'none' };
}

function tensorsOf(layer: Layer, prefix: string, suffix: string): Record<string, PlainTensor> {
  const inOrder = (tensor: PlainTensor): PlainTensor =>
    reorderBlocks(tensor, GATE_ORDER[layer.kind], PYTORCH_ORDER[layer.kind]);
  const { kernel, recurrentKernel, bias, recurrentBias } = layer.gates;
  return {
    [`${prefix}weight_ih_${suffix}`]: transpose(inOrder(kernel)),
    [`${prefix}weight_hh_${suffix}`]: transpose(inOrder(recurrentKernel)),
    [`${prefix}bias_ih_${suffix}`]: inOrder(bias),
    [`${prefix}bias_hh_${suffix}`]: inOrder(recurrentBias),
    ...(layer.kind === 'LSTM' && layer.projection
      ? { [`${prefix}weight_hr_${suffix}`]: transpose(layer.projection) }
      : {}),
  };
}
