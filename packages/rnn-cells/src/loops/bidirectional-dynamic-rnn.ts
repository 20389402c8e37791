import { type Tensor3D, type TensorContainer, tidy } from '@tensorflow/tfjs-core';
import { checkCell } from '../checks/check-cell.js';
import type { RNNCell } from '../rnn-cell.js';
import { type SequenceLength, sequenceLengthTensor } from './sequence-length.js';
import { checkInitialState, checkInputs, unroll } from './unroll.js';

export interface BidirectionalDynamicRNNOptions<Fw, Bw> {
  /** Default: the forward cell's zero state. */
  readonly initialStateFw?: Fw;
  /** Default: the backward cell's zero state. */
  readonly initialStateBw?: Bw;
  /** The rows' true lengths, each in `[0, time]`. Default: all are as long as the sequence. */
  readonly sequenceLength?: SequenceLength;
  /** Whether inputs and outputs are `[time, batch, features]`. Default false. */
  readonly timeMajor?: boolean;
}

export interface BidirectionalResult<Outputs, Fw, Bw> {
  /** Of the forward and of the backward cell, not joined. */
  readonly outputs: [fw: Outputs, bw: Outputs];
  /** The forward state after each row's last step, the backward state after its first. */
  readonly finalState: [fw: Fw, bw: Bw];
}

/**
 * Unrolls one cell over a sequence forwards and another backwards, TensorFlow 1's
 * `bidirectional_dynamic_rnn`. The backward cell starts at each row's own last step, by its length, and
 * its output of a step stands at that step.
 *
 * @param cellFw - walks from the first step to the last
 * @param cellBw - walks from the last step to the first
 * @param inputs - `[batch, time, inputSize]`, or `[time, batch, inputSize]` with `timeMajor`
 * @param options - first states, lengths, layout; padding counts as in `dynamicRNN`
 * @returns both cells' outputs `[batch, time, outputSize]` (or time-major) and final states; the caller
 * owns them. Concatenate the outputs on their last axis for the usual joined ones
 * @throws {@link ShapeError} if a shape, a state's structure or the number of lengths does not fit
 * @throws RangeError if a length is outside of `[0, time]`, as in `dynamicRNN`
 * @throws TypeError if an argument is no tensor of the right dtype, or disposed
 *
 * Source: Schuster and Paliwal, Bidirectional recurrent neural networks, IEEE Transactions on Signal
 * Processing 45, 1997; TensorFlow 1.
 */
export function bidirectionalDynamicRNN<Fw, Bw>(
  cellFw: RNNCell<Fw>,
  cellBw: RNNCell<Bw>,
  inputs: Tensor3D,
  options: BidirectionalDynamicRNNOptions<Fw, Bw> = {},
): BidirectionalResult<Tensor3D, Fw, Bw> {
  const { initialStateFw, initialStateBw, timeMajor = false } = options;
  const name = 'bidirectionalDynamicRNN';
  checkCell(`${name}: cellFw`, cellFw);
  checkCell(`${name}: cellBw`, cellBw);
  const { batch, time } = checkInputs(`${name}: inputs`, inputs, {
    inputSize: cellFw.inputSize,
    timeMajor,
  });
  checkInputs(`${name}: inputs (by cellBw)`, inputs, { inputSize: cellBw.inputSize, timeMajor });
  checkInitialState(`${name}: initialStateFw`, initialStateFw, { cell: cellFw, batch });
  checkInitialState(`${name}: initialStateBw`, initialStateBw, { cell: cellBw, batch });
  const run = (): BidirectionalResult<Tensor3D, Fw, Bw> => {
    const bounds = { where: `${name}: sequenceLength`, batch, time };
    const sequenceLength = sequenceLengthTensor(options.sequenceLength, bounds);
    const shared = { batch, timeMajor, sequenceLength };
    const fw = unroll(cellFw, inputs, { ...shared, initialState: initialStateFw, reverse: false });
    const bw = unroll(cellBw, inputs, { ...shared, initialState: initialStateBw, reverse: true });
    return {
      outputs: [fw.outputs, bw.outputs],
      finalState: [fw.finalState, bw.finalState],
    };
  };
  return tidy(
    'bidirectional_rnn',
    run as () => BidirectionalResult<Tensor3D, Fw, Bw> & TensorContainer,
  );
}
