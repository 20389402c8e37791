import { type Tensor2D, type TensorContainer, tidy } from '@tensorflow/tfjs-core';
import { checkCell } from '../checks/check-cell.js';
import type { RNNCell } from '../rnn-cell.js';
import { type SequenceLength, sequenceLengthTensor } from './sequence-length.js';
import { checkInitialState } from './unroll.js';
import { checkSteps, unrollSteps } from './unroll-steps.js';

export interface StaticRNNOptions<State> {
  /** Default: the cell's zero state. */
  readonly initialState?: State;
  /** The rows' true lengths, each in `[0, inputs.length]`. Default: all are as long as the sequence. */
  readonly sequenceLength?: SequenceLength;
}

export interface StaticRNNResult<State> {
  /** One `[batch, outputSize]` a step. */
  readonly outputs: Tensor2D[];
  readonly finalState: State;
}

/**
 * Unrolls a cell over a list of inputs, TensorFlow 1's `static_rnn`: the same as `dynamicRNN`, with
 * a tensor for each step in and out, and always composed of the cell's steps.
 *
 * @param cell - any cell
 * @param inputs - one `[batch, inputSize]` a step, at least one
 * @param options - first state, lengths
 * @returns `outputs`, one `[batch, outputSize]` a step, and `finalState`, the state after each row's
 * last step. The caller owns all of them; arguments stay the caller's
 * @throws {@link ShapeError} if a shape, the state's structure or the number of lengths does not fit
 * @throws RangeError if there are no inputs, or a length is outside of `[0, inputs.length]`
 * @throws TypeError if an argument is no tensor of the right dtype, or disposed
 */
export function staticRNN<State>(
  cell: RNNCell<State>,
  inputs: readonly Tensor2D[],
  options: StaticRNNOptions<State> = {},
): StaticRNNResult<State> {
  const { initialState } = options;
  checkCell('staticRNN: cell', cell);
  const batch = checkSteps('staticRNN: inputs', inputs, cell.inputSize);
  checkInitialState('staticRNN: initialState', initialState, { cell, batch });
  const run = (): StaticRNNResult<State> => {
    const where = 'staticRNN: sequenceLength';
    const bounds = { where, batch, time: inputs.length };
    const sequenceLength = sequenceLengthTensor(options.sequenceLength, bounds);
    return unrollSteps(cell, inputs, { initialState, batch, reverse: false, sequenceLength });
  };
  return tidy('rnn', run as () => StaticRNNResult<State> & TensorContainer);
}
