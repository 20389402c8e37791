import { ShapeError } from '../checks/shape-error.js';
import { joinBlocks, reorderBlocks } from './blocks.js';
import { cellToLayer } from './cell-to-layer.js';
import { refuse } from './conversion-error.js';
import { GATE_ORDER, type Layer, sizesOf } from './layer.js';
import { transpose, zeros } from './matrix.js';
import { writeActivations } from './onnx-activations.js';
import { ONNX_ORDER, type ONNXNode } from './onnx-node.js';
import { type ONNXWeights, stack } from './onnx-weights.js';
import type { AnyPlainCell, PlainCells } from './plain-cell.js';
import type { PlainTensor } from './plain-tensor.js';

const name = 'toONNX';

/**
 * A node of ONNX with the weights of a cell for one direction or each, the inverse of {@link fromONNX}, which
 * has the mapping.
 *
 * The forget bias goes into B. Where ONNX adds up two biases, all of ours goes into the first half of B.
 * Activations are always written; `linear` is `Affine` with alpha 1 and beta 0, which onnxruntime takes.
 *
 * @param cells - one forward, one backward, or one of both, which then are of one class and one size
 * @returns the node; it shares no memory with the cells
 * @throws {@link ConversionError} if ONNX has no such node: projections, clips or norms; an activation that
 * is a function; cells that differ
 * @throws RangeError if there is no cell, or more than one in a direction, or a cell's class, an option or a
 * weight is not known
 * @throws {@link ShapeError} if weights do not fit their cell, or the cells read different inputs
 * @throws TypeError if a weight is no plain tensor
 *
 * Source: the operators RNN, GRU and LSTM of ONNX, version 22.
 */
export function toONNX({ cellsFw = [], cellsBw = [] }: Partial<PlainCells>): ONNXNode {
  checkOne('cellsFw', cellsFw);
  checkOne('cellsBw', cellsBw);
  const layers = [
    ...cellsFw.map((cell) => readCell(`${name}: cellsFw[0]`, cell)),
    ...cellsBw.map((cell) => readCell(`${name}: cellsBw[0]`, cell)),
  ];
  const [first, second] = layers;
  if (first === undefined) {
    throw new RangeError(`${name}: cells: expected one, or one in each direction, got none`);
  }
  if (second) checkAlike(first, second);

  const weights = layers.map(weightsOf);
  const peepholes = layers.some((layer) => layer.kind === 'LSTM' && layer.peepholes);
  const { units } = sizesOf(first);
  const one = cellsFw.length === 1 ? 'forward' : 'reverse';
  const activations = layers.map(({ activation }) => activation);
  return {
    type: first.kind,
    attributes: {
      direction: second ? 'bidirectional' : one,
      hidden_size: units,
      ...writeActivations(first.kind, activations),
      ...(first.kind === 'GRU' ? { linear_before_reset: Number(first.resetAfter) } : {}),
    },
    inputs: {
      W: stack(weights.map(({ W }) => W)),
      R: stack(weights.map(({ R }) => R)),
      B: stack(weights.map(({ B }) => B)),
      ...(peepholes ? { P: stack(weights.map(({ P }) => P ?? zeros([3 * units]))) } : {}),
    },
  };
}

function checkOne(key: string, cells: readonly AnyPlainCell[]): void {
  if (cells.length > 1) {
    throw new RangeError(
      `${name}: ${key}: expected at most one cell, as a node is one layer, got ${cells.length}`,
    );
  }
}

function readCell(where: string, cell: AnyPlainCell): Layer {
  const layer = cellToLayer(where, cell);
  if (layer.kind === 'LSTM' && layer.projection) {
    const got = String(sizesOf(layer).outputSize);
    const reason = "ONNX's LSTM has no projection";
    refuse(`${where}: projectionSize`, { expected: 'none', got, reason });
  }
  return layer;
}

function checkAlike(first: Layer, second: Layer): void {
  const where = `${name}: cellsBw[0]`;
  const [expected, got] = [traitsOf(first), traitsOf(second)];
  for (const [trait, value] of Object.entries(expected)) {
    if (got[trait] === value) continue;
    refuse(`${where}: ${trait}`, {
      expected: `${value}, as in cellsFw[0]`,
      got: String(got[trait]),
      reason: 'a node of ONNX has one for both directions',
    });
  }
  const [{ inputSize }, { inputSize: other }] = [sizesOf(first), sizesOf(second)];
  if (other !== inputSize) {
    throw new ShapeError(`${where}: inputSize: expected ${inputSize}, got ${other}`);
  }
}

function traitsOf(layer: Layer): Readonly<Record<string, boolean | number | string>> {
  const { units } = sizesOf(layer);
  const { kind } = layer;
  return kind === 'GRU'
    ? { type: kind, units, resetAfter: layer.resetAfter }
    : { type: kind, units };
}

function weightsOf(layer: Layer): ONNXWeights {
  const inOrder = (tensor: PlainTensor): PlainTensor =>
    reorderBlocks(tensor, GATE_ORDER[layer.kind], ONNX_ORDER[layer.kind]);
  const { kernel, recurrentKernel, bias, recurrentBias } = layer.gates;
  const peepholes = layer.kind === 'LSTM' ? layer.peepholes : undefined;
  return {
    W: transpose(inOrder(kernel)),
    R: transpose(inOrder(recurrentKernel)),
    B: joinBlocks([inOrder(bias), inOrder(recurrentBias)]),
    ...(peepholes ? { P: joinBlocks([peepholes.i, peepholes.o, peepholes.f]) } : {}),
  };
}
