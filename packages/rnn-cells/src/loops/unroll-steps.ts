import type { Tensor, Tensor1D, Tensor2D } from '@tensorflow/tfjs-core';
import { checkTensor } from '../checks/check-tensor.js';
import type { RNNCell } from '../rnn-cell.js';
import { ownedState, stateTensors } from '../state.js';
import { composeSteps } from './compose-sequence.js';
import type { StaticRNNResult } from './static-rnn.js';

/**
 * Asserts one input `[batch, inputSize]` for each step, and gives the batch.
 *
 * @throws RangeError if there are none
 */
export function checkSteps(where: string, inputs: readonly Tensor2D[], inputSize: number): number {
  if (inputs.length === 0) {
    throw new RangeError(`${where}: expected a tensor for each step, got an empty array`);
  }
  checkTensor(`${where}[0]`, inputs[0], ['batch', inputSize]);
  const [batch] = inputs[0].shape;
  for (const [t, input] of inputs.entries()) {
    checkTensor(`${where}[${t}]`, input, [batch, inputSize]);
  }
  return batch;
}

export interface UnrollStepsOptions<State> {
  readonly initialState: State | undefined;
  readonly batch: number;
  readonly reverse: boolean;
  readonly sequenceLength: Tensor1D | null;
}

/** Runs a cell over checked steps, from zeros where there is no initial state. To be called in tidy. */
export function unrollSteps<State>(
  cell: RNNCell<State>,
  inputs: readonly Tensor2D[],
  { initialState, batch, reverse, sequenceLength }: UnrollStepsOptions<State>,
): StaticRNNResult<State> {
  const first = initialState ?? cell.zeroState(batch);
  const steps = composeSteps({ cell, inputs, initialState: first, reverse, sequenceLength });
  const owned = [...inputs, ...cell.trainableVariables, ...stateTensors(first)];
  const taken = new Set<Tensor>(owned);
  const outputs = steps.outputs.map((output) => ownedState(output, taken));
  return { outputs, finalState: ownedState(steps.finalState, taken) };
}
