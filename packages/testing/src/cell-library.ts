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
  readonly sequenceLength?: readonly number[];
  readonly timeMajor?: boolean;
}

/**
 * The part of `@unroll/rnn-cells` that the laws run on. It is handed in, so that this package
 * depends on none of those that it tests.
 */
export interface CellLibrary {
  readonly BasicRNNCell: new (options: Extract<CellSpec, { type: 'BasicRNNCell' }>) => AnyCell;
  readonly MultiRNNCell: new (cells: readonly AnyCell[]) => AnyCell;
  dynamicRNN(
    cell: AnyCell,
    inputs: Tensor3D,
    options: LoopOptions,
  ): { outputs: Tensor3D; finalState: unknown };
  staticRNN(
    cell: AnyCell,
    inputs: readonly Tensor2D[],
    options: LoopOptions,
  ): { outputs: Tensor2D[]; finalState: unknown };
  getWeights(cell: AnyCell): Readonly<Record<string, Tensor>>;
  setWeights(
    cell: AnyCell,
    values: Readonly<Record<string, { shape: readonly number[]; values: readonly number[] }>>,
  ): void;
}

/** Builds the cell that a spec describes. */
export function buildCell(library: CellLibrary, spec: CellSpec): AnyCell {
  if (spec.type === 'BasicRNNCell') return new library.BasicRNNCell(spec);
  const [first] = spec.cells;
  if (spec.shared && first !== undefined) {
    const cell = buildCell(library, first);
    return new library.MultiRNNCell(spec.cells.map(() => cell));
  }
  return new library.MultiRNNCell(spec.cells.map((cell) => buildCell(library, cell)));
}
