import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Core } from '../core/core.js';
import { CoreResult } from '../core/core-result.js';
import type { Host } from '../host.js';
import { lateResultOf } from '../late-tensor.js';
import type { CellPlan, MatrixPlan } from './cell-plan.js';
import { matrixRows } from './matrix-rows.js';
import { type PanelCounts, rowBytes } from './part-layout.js';
import type { SequenceShape } from './sequence-shape.js';

/** A weight matrix in the core's memory, as it comes and packed. */
export interface MatrixPlaces {
  readonly plan: MatrixPlan;
  /** Row-major, `[rows, gates * units]`. */
  readonly raw: number;
  readonly packed: number;
}

export interface WeightsContext {
  readonly core: Core;
  readonly counts: PanelCounts;
  readonly shape: SequenceShape;
}

/** Bytes of a packed matrix of `rows` rows. */
export function packedBytes(
  { gates }: MatrixPlan,
  { unitPanels }: PanelCounts,
  rows: number,
): number {
  return gates * unitPanels * rows * rowBytes;
}

/** Copies numbers of a tensor into the core's memory. */
export function stage({ memory }: Core, values: Float32Array, to: number): void {
  new Float32Array(memory.buffer, to, values.length).set(values);
}

/** Packs a matrix for the way forward: input rows first, then state rows. */
export function packMatrix(
  { core: { exports }, counts, shape }: WeightsContext,
  { plan, raw, packed }: MatrixPlaces,
): void {
  const { unitPanels } = counts;
  const { units } = shape;
  const { inputRows, stateRows } = matrixRows(plan, shape);
  const depth = inputRows + stateRows;
  const columns = plan.gates * units;
  // Whole panels leave nothing to fill up.
  if (units % 8 !== 0) exports.zero(packed, packedBytes(plan, counts, depth));
  for (let gate = 0; gate < plan.gates; gate++) {
    const to = packed + gate * unitPanels * depth * rowBytes;
    const first = gate * units;
    exports.packWeights(raw, columns, first, units, inputRows, to, depth);
    const stateRaw = raw + inputRows * columns * 4;
    const stateTo = to + inputRows * rowBytes;
    exports.packWeights(stateRaw, columns, first, units, stateRows, stateTo, depth);
  }
}

/** Packs the transpose of a matrix's state rows, for the gradient by the state. */
export function packStateTranspose(
  { core: { exports }, shape }: WeightsContext,
  { plan, raw, packed }: MatrixPlaces,
): void {
  const { units } = shape;
  const { inputRows, stateRows, statePanels } = matrixRows(plan, shape);
  const columns = plan.gates * units;
  const depth = columns;
  if (units % 8 !== 0) exports.zero(packed, statePanels * depth * rowBytes);
  const rows = raw + inputRows * columns * 4;
  for (let gate = 0; gate < plan.gates; gate++) {
    const to = packed + gate * units * rowBytes;
    exports.packTransposed(rows, columns, gate * units, units, stateRows, to, depth);
  }
}

/** Packs the transpose of the input rows of all matrices that have them, for the gradient by the data. */
export function packInputTranspose(
  { core: { exports }, counts, shape: { inputSize, units } }: WeightsContext,
  matrices: readonly MatrixPlaces[],
  packed: number,
): void {
  const { inputPanels } = counts;
  const some = matrices.filter(({ plan }) => plan.rows !== 'h');
  const depth = some.reduce((sum, { plan }) => sum + plan.gates, 0) * units;
  if (inputSize % 8 !== 0) exports.zero(packed, inputPanels * depth * rowBytes);
  let first = 0;
  for (const { plan, raw } of some) {
    for (let gate = 0; gate < plan.gates; gate++) {
      const to = packed + (first + gate) * units * rowBytes;
      exports.packTransposed(raw, plan.gates * units, gate * units, units, inputSize, to, depth);
    }
    first += plan.gates;
  }
}

/** Copies biases so that each gate's fill whole panels. */
export function packBias(
  { core: { memory }, counts: { unitPanels }, shape: { units } }: WeightsContext,
  { gates }: MatrixPlan,
  { values, to }: { readonly values: Float32Array; readonly to: number },
): void {
  const packed = new Float32Array(memory.buffer, to, gates * unitPanels * 8).fill(0);
  for (let gate = 0; gate < gates; gate++) {
    packed.set(values.subarray(gate * units, (gate + 1) * units), gate * unitPanels * 8);
  }
}

/** Gives the matrices' raw numbers to the core, unless they are there already, and says where they are. */
export function stageMatrices(
  core: Core,
  host: Host,
  {
    plan,
    inputs,
    places,
  }: {
    readonly plan: CellPlan;
    readonly inputs: Readonly<Record<string, TensorInfo>>;
    readonly places: readonly { readonly raw: number; readonly packed: number }[];
  },
): readonly MatrixPlaces[] {
  return plan.matrices.map((matrix, i) => {
    const { raw, packed } = places[i]!;
    const kernel = inputs[matrix.kernel]!;
    const late = lateResultOf(kernel);
    if (late instanceof CoreResult) {
      late.settle();
      return { plan: matrix, raw: late.address, packed };
    }
    stage(core, host.floats(kernel), raw);
    return { plan: matrix, raw, packed };
  });
}
