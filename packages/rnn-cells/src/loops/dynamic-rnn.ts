import { type Tensor3D, type TensorContainer, tidy } from '@tensorflow/tfjs-core';
import { checkState } from '../checks/check-state.js';
import { checkTensor } from '../checks/check-tensor.js';
import type { RNNResult } from '../kernels/sequence-kernel.js';
import type { RNNCell } from '../rnn-cell.js';
import { ownedState, stateTensors } from '../state.js';
import { runSequence } from './run-sequence.js';
import { type SequenceLength, sequenceLengthTensor } from './sequence-length.js';

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
  const { timeMajor = false } = options;
  const layout = timeMajor ? ['time', 'batch'] : ['batch', 'time'];
  checkTensor('dynamicRNN: inputs', inputs, [...layout, cell.inputSize]);
  const [batch, time] = timeMajor ? [inputs.shape[1], inputs.shape[0]] : inputs.shape;
  if (options.initialState !== undefined) {
    checkState('dynamicRNN: initialState', options.initialState, cell.stateSize, batch);
  }
  const run = (): RNNResult<State> => {
    const sequenceLength = sequenceLengthTensor(options.sequenceLength, {
      where: 'dynamicRNN: sequenceLength',
      batch,
      time,
    });
    const initialState = options.initialState ?? cell.zeroState(batch);
    const result = runSequence(cell, inputs, initialState, { timeMajor, sequenceLength });
    const finalState = ownedState(result.finalState, new Set(stateTensors(initialState)));
    return { outputs: result.outputs, finalState };
  };
  return tidy(run as () => RNNResult<State> & TensorContainer);
}
