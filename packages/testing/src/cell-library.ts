import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import type { CellSpec } from './golden-case.js';

/** A cell, as far as the laws need it. */
export interface AnyCell {
  readonly inputSize: number;
  readonly outputSize: number;
  zeroState(batch: number): unknown;
  call(input: Tensor2D, state: unknown): [Tensor2D, unknown];
  dispose(): void;
}

interface LoopOptions {
  readonly initialState?: unknown;
  readonly initialStateFw?: unknown;
  readonly initialStateBw?: unknown;
  readonly initialStatesFw?: unknown;
  readonly initialStatesBw?: unknown;
  readonly sequenceLength?: readonly number[];
  readonly timeMajor?: boolean;
}

interface LoopResult<Outputs> {
  readonly outputs: Outputs;
  readonly finalState: unknown;
}

type CellClass = new (options: CellSpec) => AnyCell;
type Cells = readonly AnyCell[];

/**
 * The part of `@unroll/rnn-cells` that the laws run on. It is handed in, so that this package
 * depends on none of those that it tests.
 */
export interface CellLibrary {
  readonly BasicRNNCell: CellClass;
  readonly BasicLSTMCell: CellClass;
  readonly LSTMCell: CellClass;
  readonly GRUCell: CellClass;
  readonly LayerNormBasicLSTMCell: CellClass;
  readonly MultiRNNCell: new (cells: Cells) => AnyCell;
  readonly ResidualWrapper: new (cell: AnyCell) => AnyCell;
  dynamicRNN(cell: AnyCell, inputs: Tensor3D, options: LoopOptions): LoopResult<Tensor3D>;
  staticRNN(
    cell: AnyCell,
    inputs: readonly Tensor2D[],
    options: LoopOptions,
  ): LoopResult<Tensor2D[]>;
  bidirectionalDynamicRNN(
    cellFw: AnyCell,
    cellBw: AnyCell,
    inputs: Tensor3D,
    options: LoopOptions,
  ): LoopResult<[Tensor3D, Tensor3D]>;
  staticBidirectionalRNN(
    cellFw: AnyCell,
    cellBw: AnyCell,
    inputs: readonly Tensor2D[],
    options: LoopOptions,
  ): LoopResult<Tensor2D[]>;
  stackBidirectionalDynamicRNN(
    cellsFw: Cells,
    cellsBw: Cells,
    inputs: Tensor3D,
    options: LoopOptions,
  ): LoopResult<Tensor3D>;
  getWeights(cell: AnyCell, options?: { scope: string }): Readonly<Record<string, Tensor>>;
}

/** Builds the cell that a spec describes. */
export function buildCell(library: CellLibrary, spec: CellSpec): AnyCell {
  if (spec.type === 'ResidualWrapper') {
    return new library.ResidualWrapper(buildCell(library, spec.cell));
  }
  if (spec.type !== 'MultiRNNCell') return new library[spec.type](spec);
  const [first] = spec.cells;
  if (spec.shared && first !== undefined) {
    const cell = buildCell(library, first);
    return new library.MultiRNNCell(spec.cells.map(() => cell));
  }
  return new library.MultiRNNCell(spec.cells.map((cell) => buildCell(library, cell)));
}
