import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { ActivationName } from '../activation.js';

/**
 * The kernel that runs a `BasicRNNCell` over a whole sequence:
 *
 * `h[t] = act(x[t] · kernel[:inputSize] + h[t-1] · kernel[inputSize:] + bias)` for `t < sequenceLength`
 *
 * or from `h[t+1]` with `reverse`. Past a row's length nothing of `inputs` is read, the output is zero and the state stays.
 * It gives `[outputs, finalState]`: `[batch, time, units]` (or time-major), `[batch, units]`.
 */
export const BasicRNNSequence = 'BasicRNNSequence';

export interface BasicRNNSequenceInputs {
  /** `[batch, time, inputSize]`, or `[time, batch, inputSize]` with `timeMajor`. */
  readonly inputs: TensorInfo;
  /** `[inputSize + units, units]` */
  readonly kernel: TensorInfo;
  /** `[units]` */
  readonly bias: TensorInfo;
  /** `[batch, units]` */
  readonly initialState: TensorInfo;
  /** int32 `[batch]`; values outside `[0, time]` count as the nearer end. */
  readonly sequenceLength: TensorInfo;
}

export interface BasicRNNSequenceAttrs {
  readonly activation: ActivationName;
  readonly timeMajor: boolean;
  /** Whether each row is walked from its last step, by its length, to its first. */
  readonly reverse: boolean;
}

/**
 * The gradient of {@link BasicRNNSequence}. It gives
 * `[dPreactivations, dKernel, dBias, dInitialState]`, where `dPreactivations`, shaped like `outputs`
 * and zero past a row's length, is the gradient by what the activation is applied to: the gradient
 * by the inputs is its product with the transposed input rows of the kernel.
 */
export const BasicRNNSequenceGrad = 'BasicRNNSequenceGrad';

export interface BasicRNNSequenceGradInputs {
  readonly inputs: TensorInfo;
  readonly kernel: TensorInfo;
  readonly initialState: TensorInfo;
  readonly sequenceLength: TensorInfo;
  readonly outputs: TensorInfo;
  /** The upstream gradient, shaped like `outputs`. */
  readonly dOutputs: TensorInfo;
  /** The upstream gradient, `[batch, units]`. */
  readonly dFinalState: TensorInfo;
}
