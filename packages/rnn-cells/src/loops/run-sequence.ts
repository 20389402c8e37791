import type { Tensor3D } from '@tensorflow/tfjs-core';
import {
  findSequenceRunner,
  type RNNResult,
  type SequenceOptions,
} from '../kernels/sequence-kernel.js';
import type { RNNCell } from '../rnn-cell.js';
import { composeSequence } from './compose-sequence.js';

/** Runs a cell over a whole sequence: by a kernel where the backend has one, composed otherwise. */
export function runSequence<State>(
  cell: RNNCell<State>,
  inputs: Tensor3D,
  initialState: State,
  options: SequenceOptions,
): RNNResult<State> {
  const run = findSequenceRunner(cell);
  return run === undefined
    ? composeSequence(cell, inputs, initialState, options)
    : run(inputs, initialState, options);
}
