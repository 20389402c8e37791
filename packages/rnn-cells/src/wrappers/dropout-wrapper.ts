import type { Tensor2D, Variable } from '@tensorflow/tfjs-core';
import { checkCell } from '../checks/check-cell.js';
import { checkKeepProb } from '../checks/check-keep-prob.js';
import { relativeWeights } from '../relative-weights.js';
import type { RNNCell, StateSize } from '../rnn-cell.js';
import { tidyStep } from '../tidy-step.js';
import { seededDropout } from './dropout.js';
import {
  droppedSizes,
  mapDropped,
  maskedDropout,
  type Place,
  type PlaceDropout,
  stepwiseDropout,
} from './dropout-places.js';

export interface DropoutWrapperOptions {
  /** Share of the input that is kept, in (0, 1]. Default 1. */
  readonly inputKeepProb?: number;
  /** Share of the output that is kept, in (0, 1]. Default 1. */
  readonly outputKeepProb?: number;
  /** Share of the next state that is kept, in (0, 1]; an LSTM's c is always kept. Default 1. */
  readonly stateKeepProb?: number;
  /** One mask for all steps of a sequence and all rows of its batch. Default false: new ones each step. */
  readonly variationalRecurrent?: boolean;
  /** The same seed gives the same masks in the same order. Default: others each time. */
  readonly seed?: number;
}

/**
 * Drops features of a cell's input, next state and output at random, TensorFlow 1's `DropoutWrapper`:
 * first the input, then, after the cell, the state, then the output. What is kept is divided by its keep
 * probability. An LSTM's memory c is never dropped.
 *
 * It is for training: evaluate with the cell itself, which shares the weights. Disposing it disposes the
 * cell.
 *
 * With `variationalRecurrent` the loops draw masks `[1, features]` once for each sequence; a single
 * `call` draws them for itself, and {@link DropoutWrapper.forSequence} gives a cell that keeps them.
 *
 * Source: Srivastava et al., Dropout, JMLR 15, 2014; variational: Gal and Ghahramani, A theoretically
 * grounded application of dropout in recurrent neural networks, NIPS 2016; TensorFlow 1's DropoutWrapper.
 */
export class DropoutWrapper<State> implements RNNCell<State> {
  readonly cell: RNNCell<State>;
  readonly inputSize: number;
  readonly outputSize: number;
  readonly stateSize: StateSize;
  readonly #variational: boolean;
  readonly #places: readonly Place[];
  #sequences = 0;

  /**
   * @param cell - any cell
   * @param options - what to keep
   * @throws RangeError if a keep probability is not in (0, 1]
   */
  constructor(cell: RNNCell<State>, options: DropoutWrapperOptions = {}) {
    const { inputKeepProb = 1, outputKeepProb = 1, stateKeepProb = 1 } = options;
    checkCell('DropoutWrapper: cell', cell);
    checkKeepProb('DropoutWrapper: inputKeepProb', inputKeepProb);
    checkKeepProb('DropoutWrapper: outputKeepProb', outputKeepProb);
    checkKeepProb('DropoutWrapper: stateKeepProb', stateKeepProb);
    this.cell = cell;
    this.inputSize = cell.inputSize;
    this.outputSize = cell.outputSize;
    this.stateSize = cell.stateSize;
    this.#variational = options.variationalRecurrent ?? false;
    const { seed } = options;
    this.#places = [
      { keepProb: inputKeepProb, sizes: [cell.inputSize] },
      { keepProb: stateKeepProb, sizes: droppedSizes(cell.stateSize) },
      { keepProb: outputKeepProb, sizes: [cell.outputSize] },
    ].map(({ keepProb, sizes }, place) => {
      const placeSeed = seed === undefined ? undefined : `${seed}/${place}`;
      return { keepProb, sizes, seed: placeSeed, stepwise: seededDropout(keepProb, placeSeed) };
    });
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
   * One step of the cell, with features dropped before and after it.
   *
   * @param input - `[batch, inputSize]`
   * @param state - the cell's
   * @returns output and next state; the caller owns them
   */
  call(input: Tensor2D, state: State): [output: Tensor2D, nextState: State] {
    return tidyStep('dropout', () => this.forSequence().call(input, state));
  }

  /** The cell for one sequence: with `variationalRecurrent` one whose masks stay as they are. */
  forSequence(): RNNCell<State> {
    const inner = this.cell.forSequence?.() ?? this.cell;
    this.#sequences += 1;
    // Drawn here, not at the first step, whose tidy would free them.
    const [dropInput, dropState, dropOutput] = this.#places.map((place) =>
      this.#variational ? maskedDropout(place, this.#sequences) : stepwiseDropout(place),
    ) as [PlaceDropout, PlaceDropout, PlaceDropout];
    const { inputSize, outputSize, stateSize, trainableVariables, weights } = this;
    return {
      inputSize,
      outputSize,
      stateSize,
      trainableVariables,
      weights,
      zeroState: (batch) => this.zeroState(batch),
      call: (input, state) =>
        tidyStep('dropout', () => {
          const [output, next] = inner.call(dropInput(input, 0), state);
          return [dropOutput(output, 0), mapDropped(next, dropState)];
        }),
      dispose: () => this.dispose(),
    };
  }

  /** Disposes the cell. */
  dispose(): void {
    this.cell.dispose();
  }
}
