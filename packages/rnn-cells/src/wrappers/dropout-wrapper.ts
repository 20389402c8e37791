import { mul, Tensor, type Tensor2D, type Variable } from '@tensorflow/tfjs-core';
import { checkKeepProb } from '../checks/check-keep-prob.js';
import { relativeWeights } from '../relative-weights.js';
import type { RNNCell, StateSize } from '../rnn-cell.js';
import { tidyStep } from '../tidy-step.js';
import { type Dropout, dropoutMask, seededDropout } from './dropout.js';

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

/** What is dropped in one step; what is absent is kept whole. */
interface Dropouts {
  readonly input?: Dropout;
  readonly state?: Dropout;
  readonly output?: Dropout;
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
  readonly #options: DropoutWrapperOptions;
  readonly #stepwise: Dropouts;
  #sequences = 0;

  /**
   * @param cell - any cell
   * @param options - what to keep
   * @throws RangeError if a keep probability is not in (0, 1]
   */
  constructor(cell: RNNCell<State>, options: DropoutWrapperOptions = {}) {
    const { inputKeepProb = 1, outputKeepProb = 1, stateKeepProb = 1 } = options;
    checkKeepProb('DropoutWrapper: inputKeepProb', inputKeepProb);
    checkKeepProb('DropoutWrapper: outputKeepProb', outputKeepProb);
    checkKeepProb('DropoutWrapper: stateKeepProb', stateKeepProb);
    this.cell = cell;
    this.inputSize = cell.inputSize;
    this.outputSize = cell.outputSize;
    this.stateSize = cell.stateSize;
    this.#options = options;
    this.#stepwise = this.#dropouts((keepProb, seed) => seededDropout(keepProb, seed));
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
    return tidyStep(() => this.forSequence().call(input, state));
  }

  /** The cell for one sequence: with `variationalRecurrent` one whose masks stay as they are. */
  forSequence(): RNNCell<State> {
    const inner = this.cell.forSequence?.() ?? this.cell;
    const dropouts = this.#options.variationalRecurrent ? this.#masked() : this.#stepwise;
    const { inputSize, outputSize, stateSize, trainableVariables, weights } = this;
    return {
      inputSize,
      outputSize,
      stateSize,
      trainableVariables,
      weights,
      zeroState: (batch) => this.zeroState(batch),
      call: (input, state) => dropAround(inner, dropouts, input, state),
      dispose: () => this.dispose(),
    };
  }

  /** Disposes the cell. */
  dispose(): void {
    this.cell.dispose();
  }

  /** Dropouts that draw a mask for each number of features once, and then keep it. */
  #masked(): Dropouts {
    this.#sequences += 1;
    return this.#dropouts((keepProb, seed) => {
      const masks = new Map<number, Tensor2D>();
      const drawSeed = seed === undefined ? undefined : `${seed}/sequence ${this.#sequences}`;
      return (x) => {
        const size = x.shape[1];
        let mask = masks.get(size);
        if (mask === undefined) {
          mask = dropoutMask([1, size], keepProb, drawSeed);
          masks.set(size, mask);
        }
        return mul(x, mask);
      };
    });
  }

  #dropouts(make: (keepProb: number, seed: string | undefined) => Dropout): Dropouts {
    const { inputKeepProb = 1, outputKeepProb = 1, stateKeepProb = 1, seed } = this.#options;
    const dropout = (name: string, keepProb: number) =>
      keepProb < 1 ? { [name]: make(keepProb, seed === undefined ? seed : `${seed}/${name}`) } : {};
    return {
      ...dropout('input', inputKeepProb),
      ...dropout('state', stateKeepProb),
      ...dropout('output', outputKeepProb),
    };
  }
}

const keep: Dropout = (x) => x;

function dropAround<State>(
  cell: RNNCell<State>,
  { input: dropInput = keep, state: dropState, output: dropOutput = keep }: Dropouts,
  input: Tensor2D,
  state: State,
): [output: Tensor2D, nextState: State] {
  return tidyStep(() => {
    const [output, next] = cell.call(dropInput(input), state);
    return [dropOutput(output), dropState === undefined ? next : dropFrom(next, dropState)];
  });
}

/** Drops from every tensor of a state but an LSTM's c. */
function dropFrom<State>(state: State, drop: Dropout): State {
  if (state instanceof Tensor) return drop(state as Tensor as Tensor2D) as Tensor as State;
  if (Array.isArray(state)) return state.map((part: unknown) => dropFrom(part, drop)) as State;
  const isLSTM = 'c' in (state as object) && 'h' in (state as object);
  return Object.fromEntries(
    Object.entries(state as object).map(([name, part]: [string, unknown]) => [
      name,
      isLSTM && name === 'c' ? part : dropFrom(part, drop),
    ]),
  ) as State;
}
