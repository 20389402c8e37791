import type { Tensor, Tensor2D, Tensor3D } from '@tensorflow/tfjs-core';
import { checkState } from '../checks/check-state.js';
import { checkTensor } from '../checks/check-tensor.js';
import type { RNNResult, SequenceOptions } from '../kernels/sequence-kernel.js';
import type { RNNCell } from '../rnn-cell.js';
import { ownedState, stateTensors } from '../state.js';
import { runSequence } from './run-sequence.js';

export interface SequenceShape {
  readonly batch: number;
  readonly time: number;
}

/** Asserts inputs `[batch, time, inputSize]`, or time-major, and gives their sizes. */
export function checkInputs(
  where: string,
  inputs: Tensor3D,
  { inputSize, timeMajor }: { readonly inputSize: number; readonly timeMajor: boolean },
): SequenceShape {
  const layout = timeMajor ? ['time', 'batch'] : ['batch', 'time'];
  checkTensor(where, inputs, [...layout, inputSize]);
  const [batch, time] = timeMajor ? [inputs.shape[1], inputs.shape[0]] : inputs.shape;
  return { batch, time };
}

/** Asserts an initial state, where one is given. */
export function checkInitialState<State>(
  where: string,
  initialState: State | undefined,
  { cell, batch }: { readonly cell: RNNCell<State>; readonly batch: number },
): void {
  if (initialState !== undefined) checkState(where, initialState, cell.stateSize, batch);
}

export interface UnrollOptions<State> extends SequenceOptions {
  readonly initialState: State | undefined;
  readonly batch: number;
}

/** Runs a cell over checked inputs, from zeros where there is no initial state. To be called in tidy. */
export function unroll<State>(
  cell: RNNCell<State>,
  inputs: Tensor3D,
  { initialState, batch, ...options }: UnrollOptions<State>,
): RNNResult<State> {
  const first = initialState ?? cell.zeroState(batch);
  const { outputs, finalState } = runSequence(cell, inputs, first, options);
  const taken = new Set<Tensor>([inputs, ...cell.trainableVariables, ...stateTensors(first)]);
  const owned = ownedState(outputs as Tensor as Tensor2D, taken) as Tensor as Tensor3D;
  return { outputs: owned, finalState: ownedState(finalState, taken) };
}
