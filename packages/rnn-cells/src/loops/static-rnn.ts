import { type Tensor, type Tensor2D, type TensorContainer, tidy } from '@tensorflow/tfjs-core';
import { checkState } from '../checks/check-state.js';
import { checkTensor } from '../checks/check-tensor.js';
import type { RNNCell } from '../rnn-cell.js';
import { ownedState, stateTensors } from '../state.js';
import { composeSteps } from './compose-sequence.js';
import { type SequenceLength, sequenceLengthTensor } from './sequence-length.js';

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
  if (inputs.length === 0) {
    throw new RangeError('staticRNN: inputs: expected a tensor for each step, got an empty array');
  }
  checkTensor('staticRNN: inputs[0]', inputs[0], ['batch', cell.inputSize]);
  const batch = inputs[0].shape[0];
  for (const [t, input] of inputs.entries()) {
    checkTensor(`staticRNN: inputs[${t}]`, input, [batch, cell.inputSize]);
  }
  if (options.initialState !== undefined) {
    checkState('staticRNN: initialState', options.initialState, cell.stateSize, batch);
  }
  const run = (): StaticRNNResult<State> => {
    const sequenceLength = sequenceLengthTensor(options.sequenceLength, {
      where: 'staticRNN: sequenceLength',
      batch,
      time: inputs.length,
    });
    const initialState = options.initialState ?? cell.zeroState(batch);
    const steps = composeSteps({ cell, inputs, initialState, sequenceLength });
    const taken = new Set<Tensor>([...inputs, ...stateTensors(initialState)]);
    const outputs = steps.outputs.map((output) => ownedState(output, taken));
    for (const output of outputs) taken.add(output);
    return { outputs, finalState: ownedState(steps.finalState, taken) };
  };
  return tidy(run as () => StaticRNNResult<State> & TensorContainer);
}
