import { engine, getBackend, getKernel, type Tensor1D, type Tensor3D } from '@tensorflow/tfjs-core';
import type { RNNCell } from '../rnn-cell.js';

/** What a loop over a whole sequence gives. */
export interface RNNResult<State> {
  /** `[batch, time, outputSize]`, or `[time, batch, outputSize]` with `timeMajor`. */
  readonly outputs: Tensor3D;
  /** The state after each row's last step, in the cell's own structure. */
  readonly finalState: State;
}

export interface SequenceOptions {
  readonly timeMajor: boolean;
  /** Whether each row is walked from its last step, by its length, to its first. */
  readonly reverse: boolean;
  /** The rows' true lengths, int32 `[batch]`; null when every row is as long as the sequence. */
  readonly sequenceLength: Tensor1D | null;
}

/** Runs a cell over a whole sequence in one go. Arguments are checked already. */
export type SequenceRunner<State> = (
  inputs: Tensor3D,
  initialState: State,
  options: SequenceOptions,
) => RNNResult<State>;

/** A cell that may run whole sequences by itself. */
export interface SequenceCell<State> extends RNNCell<State> {
  /**
   * Runs the cell over a whole sequence by kernels of the current backend. Undefined whenever none
   * covers the cell: then the loop composes the cell's steps.
   */
  readonly sequenceRunner: SequenceRunner<State> | undefined;
}

/** The runner that a cell has on the current backend, if any. */
export function findSequenceRunner<State>(cell: RNNCell<State>): SequenceRunner<State> | undefined {
  return (cell as Partial<SequenceCell<State>>).sequenceRunner;
}

/**
 * Whether the current backend has a kernel and its gradient. A gradient kernel has no gradient of
 * its own, so inside a gradient of a gradient the answer is no.
 */
export function hasSequenceKernel(kernelName: string): boolean {
  const backend = getBackend();
  return (
    engine().state.gradientDepth <= 1 &&
    getKernel(kernelName, backend) !== undefined &&
    getKernel(`${kernelName}Grad`, backend) !== undefined
  );
}

/**
 * Asserts that the gradient that runs is not itself differentiated. Inside a gradient of a gradient the
 * loops compose; but a result from before the inner gradient was asked for may come from a kernel.
 *
 * @throws Error otherwise
 */
export function checkFirstOrder(kernelName: string): void {
  if (engine().isTapeOn()) {
    throw new Error(
      `${kernelName}: expected a first gradient, got a second one of a result from outside of the inner gradient; call the loop inside of it`,
    );
  }
}
