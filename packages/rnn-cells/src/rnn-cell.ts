import type { Tensor2D, Variable } from '@tensorflow/tfjs-core';

/**
 * The number of features of every tensor of a state, in the state's own structure:
 * `31` for a state `[batch, 31]`, `{ c: 31, h: 31 }` for an LSTM's, `[31, 20]` for a stack's.
 */
export type StateSize = number | readonly StateSize[] | { readonly [name: string]: StateSize };

/**
 * What every loop and wrapper needs of a cell: `(output, nextState) = call(input, state)` and a
 * first state. Any object with these members works, whatever its state looks like, as long as the
 * state is a tensor `[batch, n]` or an array or object of states.
 */
export interface RNNCell<State> {
  /** Features of the input that `call` takes. */
  readonly inputSize: number;
  /** Features of the output that `call` gives. */
  readonly outputSize: number;
  readonly stateSize: StateSize;
  /** What an optimizer updates. A variable that is used in several places stands here once. */
  readonly trainableVariables: readonly Variable[];
  /**
   * The variables by their TF1 path below the loop's scope (`basic_rnn_cell/kernel`). A cell without
   * this goes by the names of its variables.
   */
  readonly weights?: Readonly<Record<string, Variable>>;
  /** A state of zeros. The caller owns it. */
  zeroState(batch: number): State;
  /**
   * One step in time.
   *
   * @param input - `[batch, inputSize]`
   * @param state - the state before the step
   * @returns the output `[batch, outputSize]` and the state after the step; the caller owns both
   */
  call(input: Tensor2D, state: State): [output: Tensor2D, nextState: State];
  /**
   * The cell for one sequence, of a cell that draws something once for all its steps. Loops call it
   * inside their `tidy`.
   */
  forSequence?(): RNNCell<State>;
  /** Frees the variables. */
  dispose(): void;
}
