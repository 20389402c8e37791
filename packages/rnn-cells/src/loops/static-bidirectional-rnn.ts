import { concat, type Tensor2D, type TensorContainer, tidy } from '@tensorflow/tfjs-core';
import { checkCell } from '../checks/check-cell.js';
import type { RNNCell } from '../rnn-cell.js';
import { type SequenceLength, sequenceLengthTensor } from './sequence-length.js';
import { checkInitialState } from './unroll.js';
import { checkSteps, unrollSteps } from './unroll-steps.js';

export interface StaticBidirectionalRNNOptions<Fw, Bw> {
  /** Default: the forward cell's zero state. */
  readonly initialStateFw?: Fw;
  /** Default: the backward cell's zero state. */
  readonly initialStateBw?: Bw;
  /** The rows' true lengths, each in `[0, inputs.length]`. Default: all are as long as the sequence. */
  readonly sequenceLength?: SequenceLength;
}

export interface StaticBidirectionalResult<Fw, Bw> {
  /** One `[batch, outputSize of cellFw + outputSize of cellBw]` a step. */
  readonly outputs: Tensor2D[];
  /** The forward state after each row's last step, the backward state after its first. */
  readonly finalState: [fw: Fw, bw: Bw];
}

/**
 * Unrolls one cell over a list of inputs forwards and another backwards, TensorFlow 1's
 * `static_bidirectional_rnn`: as `bidirectionalDynamicRNN`, with a tensor for each step in and out, and
 * the outputs of both cells joined on their features.
 *
 * @param cellFw - walks from the first step to the last
 * @param cellBw - walks from the last step to the first
 * @param inputs - one `[batch, inputSize]` a step, at least one
 * @param options - first states, lengths
 * @returns joined outputs and final states; the caller owns them
 * @throws {@link ShapeError}, RangeError and TypeError as `staticRNN`
 */
export function staticBidirectionalRNN<Fw, Bw>(
  cellFw: RNNCell<Fw>,
  cellBw: RNNCell<Bw>,
  inputs: readonly Tensor2D[],
  options: StaticBidirectionalRNNOptions<Fw, Bw> = {},
): StaticBidirectionalResult<Fw, Bw> {
  const { initialStateFw, initialStateBw } = options;
  const name = 'staticBidirectionalRNN';
  checkCell(`${name}: cellFw`, cellFw);
  checkCell(`${name}: cellBw`, cellBw);
  const batch = checkSteps(`${name}: inputs`, inputs, cellFw.inputSize);
  checkSteps(`${name}: inputs (by cellBw)`, inputs, cellBw.inputSize);
  checkInitialState(`${name}: initialStateFw`, initialStateFw, { cell: cellFw, batch });
  checkInitialState(`${name}: initialStateBw`, initialStateBw, { cell: cellBw, batch });
  const run = (): StaticBidirectionalResult<Fw, Bw> => {
    const bounds = { where: `${name}: sequenceLength`, batch, time: inputs.length };
    const sequenceLength = sequenceLengthTensor(options.sequenceLength, bounds);
    const shared = { batch, sequenceLength };
    const fw = unrollSteps(cellFw, inputs, {
      ...shared,
      initialState: initialStateFw,
      reverse: false,
    });
    const bw = unrollSteps(cellBw, inputs, {
      ...shared,
      initialState: initialStateBw,
      reverse: true,
    });
    return {
      outputs: fw.outputs.map((output, t) => concat([output, bw.outputs[t]!], 1)),
      finalState: [fw.finalState, bw.finalState],
    };
  };
  return tidy(
    'bidirectional_rnn',
    run as () => StaticBidirectionalResult<Fw, Bw> & TensorContainer,
  );
}
