import { add, type Tensor2D, type Variable } from '@tensorflow/tfjs-core';
import { checkCell } from '../checks/check-cell.js';
import { checkTensor } from '../checks/check-tensor.js';
import { ShapeError } from '../checks/shape-error.js';
import { relativeWeights } from '../relative-weights.js';
import type { RNNCell, StateSize } from '../rnn-cell.js';
import { tidyStep } from '../tidy-step.js';

export interface ResidualWrapperOptions {
  /** Joins input and output to `[batch, outputSize]`. Default: their sum. */
  readonly residual?: (input: Tensor2D, output: Tensor2D) => Tensor2D;
}

/**
 * Adds a cell's input to its output, TensorFlow 1's `ResidualWrapper`: `output = input + cell(input)`.
 * The state is the cell's own. It shares the cell's weights; disposing it disposes the cell.
 *
 * Source: He et al., Deep residual learning for image recognition, CVPR 2016; TensorFlow 1's
 * ResidualWrapper.
 */
export class ResidualWrapper<State> implements RNNCell<State> {
  readonly cell: RNNCell<State>;
  readonly inputSize: number;
  readonly outputSize: number;
  readonly stateSize: StateSize;
  readonly #residual: ((input: Tensor2D, output: Tensor2D) => Tensor2D) | undefined;

  /**
   * @param cell - any cell
   * @param options - how input and output are joined
   * @throws {@link ShapeError} if they are to be added and their sizes differ
   */
  constructor(cell: RNNCell<State>, { residual }: ResidualWrapperOptions = {}) {
    checkCell('ResidualWrapper: cell', cell);
    if (residual === undefined && cell.inputSize !== cell.outputSize) {
      throw new ShapeError(
        `ResidualWrapper: cell: expected inputSize and outputSize to be the same, got ${cell.inputSize} and ${cell.outputSize}`,
      );
    }
    this.cell = cell;
    this.inputSize = cell.inputSize;
    this.outputSize = cell.outputSize;
    this.stateSize = cell.stateSize;
    this.#residual = residual;
  }

  get trainableVariables(): readonly Variable[] {
    return this.cell.trainableVariables;
  }

  get weights(): Readonly<Record<string, Variable>> {
    return relativeWeights(this.cell);
  }

  zeroState(batch: number): State {
    return this.cell.zeroState(batch);
  }

  /**
   * One step of the cell, with its input joined to its output.
   *
   * @param input - `[batch, inputSize]`
   * @param state - the cell's
   * @returns the joined output `[batch, outputSize]` and the cell's next state; the caller owns them
   * @throws {@link ShapeError} if a shape does not fit, that of `residual`'s result included
   */
  call(input: Tensor2D, state: State): [output: Tensor2D, nextState: State] {
    return tidyStep('residual', () => {
      const [output, nextState] = this.cell.call(input, state);
      const joined = this.#residual?.(input, output) ?? add<Tensor2D>(input, output);
      const expected = [input.shape[0], this.outputSize];
      checkTensor('ResidualWrapper.call: result of residual', joined, expected);
      return [joined, nextState];
    });
  }

  forSequence(): RNNCell<State> {
    const inner = this.cell.forSequence?.();
    if (inner === undefined) return this;
    const residual = this.#residual;
    return new ResidualWrapper(inner, residual === undefined ? {} : { residual });
  }

  /** Disposes the cell. */
  dispose(): void {
    this.cell.dispose();
  }
}
