import {
  type Tensor2D,
  type Tensor3D,
  type TensorContainer,
  tidy,
  type Variable,
} from '@tensorflow/tfjs-core';
import { checkCell } from '../checks/check-cell.js';
import { checkSize } from '../checks/check-size.js';
import { checkState } from '../checks/check-state.js';
import { checkTensor, kind } from '../checks/check-tensor.js';
import { ShapeError } from '../checks/shape-error.js';
import {
  findSequenceRunner,
  type SequenceCell,
  type SequenceRunner,
} from '../kernels/sequence-kernel.js';
import { runSequence } from '../loops/run-sequence.js';
import { relativeWeights } from '../relative-weights.js';
import type { RNNCell, StateSize } from '../rnn-cell.js';
import { tidyStep } from '../tidy-step.js';

/** The state of a stack: the tuple of its cells' states, bottom to top. */
export type StackedState<Cells extends readonly RNNCell<unknown>[]> = {
  [Index in keyof Cells]: Cells[Index] extends RNNCell<infer State> ? State : never;
};

/**
 * A stack of cells that works as one cell, TensorFlow 1's `MultiRNNCell`: the output of each cell
 * is the input of the next, and the output of the last is the stack's.
 *
 * The same cell object standing several times shares its weights and keeps a state for each place.
 * Disposing the stack disposes its cells.
 */
export class MultiRNNCell<const Cells extends readonly RNNCell<unknown>[]> implements SequenceCell<
  StackedState<Cells>
> {
  /** Bottom to top. */
  readonly cells: Cells;
  readonly inputSize: number;
  readonly outputSize: number;
  readonly stateSize: readonly StateSize[];

  /**
   * @param cells - bottom to top
   * @throws RangeError if there is none
   * @throws TypeError if something is no cell
   * @throws {@link ShapeError} if a cell does not take what the one below it gives
   */
  constructor(cells: Cells) {
    if (!Array.isArray(cells)) {
      throw new TypeError(`MultiRNNCell: cells: expected an array of cells, got ${kind(cells)}`);
    }
    const bottom = cells[0];
    const top = cells.at(-1);
    if (cells.length === 0) {
      throw new RangeError('MultiRNNCell: cells: expected one or more, got an empty array');
    }
    for (const [i, cell] of cells.entries()) {
      checkCell(`MultiRNNCell: cells[${i}]`, cell);
      const below = cells[i - 1];
      if (below !== undefined && below.outputSize !== cell.inputSize) {
        throw new ShapeError(
          `MultiRNNCell: cells[${i}]: expected inputSize ${below.outputSize}, the outputSize of the cell below, got ${cell.inputSize}`,
        );
      }
    }
    this.cells = [...cells] as unknown as Cells;
    this.inputSize = bottom!.inputSize;
    this.outputSize = top!.outputSize;
    this.stateSize = cells.map((cell) => cell.stateSize);
  }

  get trainableVariables(): readonly Variable[] {
    return [...new Set(this.cells.flatMap((cell) => cell.trainableVariables))];
  }

  get weights(): Readonly<Record<string, Variable>> {
    const paths: Record<string, Variable> = {};
    for (const [i, cell] of this.cells.entries()) {
      // As in TensorFlow 1, weights that are shared go by their first place.
      if (this.cells.indexOf(cell) < i) continue;
      for (const [path, weight] of Object.entries(relativeWeights(cell))) {
        paths[`multi_rnn_cell/cell_${i}/${path}`] = weight;
      }
    }
    return paths;
  }

  /**
   * @param batch - rows
   * @returns each cell's zero state, bottom to top; the caller owns them
   * @throws RangeError if `batch` is not a whole number from 1
   */
  zeroState(batch: number): StackedState<Cells> {
    checkSize('MultiRNNCell.zeroState: batch', batch);
    const zeros = () => this.cells.map((cell) => cell.zeroState(batch));
    return tidy(zeros as () => TensorContainer) as unknown as StackedState<Cells>;
  }

  /**
   * One step in time through all cells.
   *
   * @param input - `[batch, inputSize]`
   * @param state - a tuple of the cells' states, bottom to top
   * @returns the top cell's output, and all next states; the caller owns them
   * @throws {@link ShapeError} if the tuple or a shape does not fit
   * @throws TypeError if an argument is no float32 tensor, or disposed
   */
  call(
    input: Tensor2D,
    state: StackedState<Cells>,
  ): [output: Tensor2D, nextState: StackedState<Cells>] {
    checkTensor('MultiRNNCell.call: input', input, ['batch', this.inputSize]);
    checkState('MultiRNNCell.call: state', state, this.stateSize, input.shape[0]);
    return tidyStep('multi_rnn_cell', () => {
      let output = input;
      const nextState = this.cells.map((cell, i) => {
        const [cellOutput, next] = tidyStep(`cell_${i}`, () => cell.call(output, state[i]));
        output = cellOutput;
        return next;
      });
      return [output, nextState as StackedState<Cells>];
    });
  }

  /** The stack of its cells for one sequence. */
  forSequence(): RNNCell<StackedState<Cells>> {
    const drawn = this.cells.some((cell) => cell.forSequence !== undefined);
    if (!drawn || this.call !== MultiRNNCell.prototype.call) return this;
    return new MultiRNNCell(
      this.cells.map((cell) => cell.forSequence?.() ?? cell),
    ) as unknown as this;
  }

  /** Disposes the cells. */
  dispose(): void {
    for (const cell of new Set(this.cells)) cell.dispose();
  }

  /** Layer by layer as soon as one layer has a kernel; the others are composed. */
  get sequenceRunner(): SequenceRunner<StackedState<Cells>> | undefined {
    const fused = this.cells.some((cell) => findSequenceRunner(cell) !== undefined);
    if (!fused || this.call !== MultiRNNCell.prototype.call) return undefined;
    return (inputs, initialState, options) => {
      let outputs: Tensor3D = inputs;
      const finalState = this.cells.map((cell, i) => {
        const run = () => runSequence(cell, outputs, initialState[i], options);
        const scope = `multi_rnn_cell/cell_${i}`;
        const result = tidy(scope, run as () => ReturnType<typeof run> & TensorContainer);
        outputs = result.outputs;
        return result.finalState;
      });
      return { outputs, finalState: finalState as StackedState<Cells> };
    };
  }
}
