import { type Tensor3D, type TensorContainer, tidy } from '@tensorflow/tfjs-core';
import { checkCell } from '../checks/check-cell.js';
import type { RNNResult } from '../kernels/sequence-kernel.js';
import type { RNNCell } from '../rnn-cell.js';
import { type SequenceLength, sequenceLengthTensor } from './sequence-length.js';
import { checkInitialState, checkInputs, unroll } from './unroll.js';

export interface DynamicRNNOptions<State> {
  /** Default: the cell's zero state. */
  readonly initialState?: State;
  /** The rows' true lengths, each in `[0, time]`. Default: all are as long as the sequence. */
  readonly sequenceLength?: SequenceLength;
  /** Whether inputs and outputs are `[time, batch, features]`. Default false: `[batch, time, features]`. */
  readonly timeMajor?: boolean;
}

/**
 * Unrolls a cell over a sequence, TensorFlow 1's `dynamic_rnn`:
 *
 * `output[t], state[t] = cell.call(input[t], state[t-1])`
 *
 * Past a row's length its output is zero and its state stays as it was; its padding is never
 * computed with, so NaN there reaches neither outputs nor gradients, and the gradient by it is 0.
 *
 * Where the current backend has a kernel for the cell (see `@unroll/rnn-kernels`), the whole
 * sequence is one call of it; elsewhere the steps are composed of TensorFlow.js's ops. Numbers and
 * gradients are the same.
 *
 * @param cell - any cell
 * @param inputs - `[batch, time, inputSize]`, or `[time, batch, inputSize]` with `timeMajor`
 * @param options - first state, lengths, layout
 * @returns `outputs` `[batch, time, outputSize]` (or time-major) and `finalState`, the state after
 * each row's last step. The caller owns both; arguments stay the caller's
 * @throws {@link ShapeError} if a shape, the state's structure or the number of lengths does not fit
 * @throws RangeError if a length is outside of `[0, time]` (on the cpu and wasm backends, or given
 * as numbers; elsewhere it counts as the nearer end)
 * @throws TypeError if an argument is no tensor of the right dtype, or disposed
 */
export function dynamicRNN<State>(
  cell: RNNCell<State>,
  inputs: Tensor3D,
  options: DynamicRNNOptions<State> = {},
): RNNResult<State> {
  const { initialState, timeMajor = false } = options;
  checkCell('dynamicRNN: cell', cell);
  const { inputSize } = cell;
  const { batch, time } = checkInputs('dynamicRNN: inputs', inputs, { inputSize, timeMajor });
  checkInitialState('dynamicRNN: initialState', initialState, { cell, batch });
  const run = (): RNNResult<State> => {
    const where = 'dynamicRNN: sequenceLength';
    const sequenceLength = sequenceLengthTensor(options.sequenceLength, { where, batch, time });
    const reverse = false;
    return unroll(cell, inputs, { initialState, batch, timeMajor, reverse, sequenceLength });
  };
  return tidy('rnn', run as () => RNNResult<State> & TensorContainer);
}
