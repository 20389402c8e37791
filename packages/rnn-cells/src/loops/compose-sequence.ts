import {
  expandDims,
  greater,
  scalar,
  squeeze,
  stack,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  unstack,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import type { RNNResult, SequenceOptions } from '../kernels/sequence-kernel.js';
import type { RNNCell } from '../rnn-cell.js';
import { mapStates } from '../state.js';

/**
 * The steps of a sequence one after the other, each of TensorFlow.js's own ops: works for every cell
 * on every backend, and is the reference for the sequence kernels.
 */
export function composeSequence<State>(
  cell: RNNCell<State>,
  inputs: Tensor3D,
  initialState: State,
  { timeMajor, reverse, sequenceLength }: SequenceOptions,
): RNNResult<State> {
  const timeAxis = timeMajor ? 0 : 1;
  const steps = composeSteps({
    cell,
    inputs: unstackSteps(inputs, timeAxis),
    initialState,
    reverse,
    sequenceLength,
  });
  return {
    outputs: stack(steps.outputs, timeAxis) as Tensor3D,
    finalState: steps.finalState,
  };
}

function unstackSteps(inputs: Tensor3D, timeAxis: number): Tensor2D[] {
  // TensorFlow.js's gradient of unstack fails where there is but one slice.
  if (inputs.shape[timeAxis] === 1) return [squeeze<Tensor2D>(inputs, [timeAxis])];
  return unstack(inputs, timeAxis) as Tensor2D[];
}

export interface ComposeStepsOptions<State> {
  readonly cell: RNNCell<State>;
  /** One `[batch, features]` a step. */
  readonly inputs: readonly Tensor2D[];
  readonly initialState: State;
  readonly reverse: boolean;
  /** int32 `[batch]`, or null. */
  readonly sequenceLength: Tensor1D | null;
}

/**
 * The same, with a tensor for each step. A reversed walk meets a row's padding first: there its state
 * stays the initial one, so that it begins at the row's last step.
 */
export function composeSteps<State>({
  cell,
  inputs,
  initialState,
  reverse,
  sequenceLength,
}: ComposeStepsOptions<State>): { outputs: Tensor2D[]; finalState: State } {
  const stepper = cell.forSequence?.() ?? cell;
  const outputs: Tensor2D[] = [];
  let state = initialState;
  for (let n = 0; n < inputs.length; n++) {
    const t = reverse ? inputs.length - 1 - n : n;
    const input = inputs[t]!;
    if (sequenceLength === null) {
      [outputs[t], state] = stepper.call(input, state);
    } else {
      // [batch, 1]; padding is masked before the cell sees it, so that NaN there harms nothing.
      const alive = expandDims(greater(sequenceLength, scalar(t, 'int32')), 1);
      const select = (chosen: Tensor2D, other: Tensor2D) => where<Tensor2D>(alive, chosen, other);
      const [output, next] = stepper.call(select(input, zerosLike(input)), state);
      outputs[t] = select(output, zerosLike(output));
      state = mapStates(select, next, state);
    }
  }
  return { outputs, finalState: state };
}
