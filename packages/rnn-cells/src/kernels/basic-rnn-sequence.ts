import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { ActivationName } from '../activation.js';
import type { SequenceAttrs, SequenceGradInputs, SequenceInputs } from './sequence-attrs.js';

/**
 * The kernel that runs a `BasicRNNCell` over a whole sequence:
 *
 * `h[t] = act(x[t] · kernel[:inputSize] + h[t-1] · kernel[inputSize:] + bias)` for `t < sequenceLength`
 *
 * or from `h[t+1]` with `reverse`. Past a row's length nothing of `inputs` is read, the output is zero and the state stays.
 * It gives `[outputs, finalState, ...reserve]`: `[batch, time, units]` (or time-major), `[batch, units]`, and
 * up to two tensors of any shape, which its gradient kernel gets back.
 */
export const BasicRNNSequence = 'BasicRNNSequence';

export interface BasicRNNSequenceInputs extends SequenceInputs {
  /** `[inputSize + units, units]` */
  readonly kernel: TensorInfo;
  /** `[units]` */
  readonly bias: TensorInfo;
  /** `[batch, units]` */
  readonly initialState: TensorInfo;
}

export interface BasicRNNSequenceAttrs extends SequenceAttrs {
  readonly activation: ActivationName;
}

/**
 * The gradient of {@link BasicRNNSequence}. It gives `[dInputs, dKernel, dBias, dInitialState]`; where the
 * attribute `inputGradient` is false, `dInputs` may be any tensor.
 */
export const BasicRNNSequenceGrad = 'BasicRNNSequenceGrad';

export interface BasicRNNSequenceGradInputs extends BasicRNNSequenceInputs, SequenceGradInputs {
  /** The upstream gradient, `[batch, units]`, or a scalar for zeros. */
  readonly dFinalState: TensorInfo;
}
