import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SequenceAttrs, SequenceGradInputs, SequenceInputs } from './sequence-attrs.js';

/**
 * The kernel that runs a `BasicLSTMCell` over a whole sequence: with
 * `[i, j, f, o] = x[t] · kernel[:inputSize] + h[t-1] · kernel[inputSize:] + bias`,
 *
 * ```text
 * c[t] = σ(f + forgetBias) ∘ c[t-1] + σ(i) ∘ tanh(j)
 * h[t] = σ(o) ∘ tanh(c[t])
 * ```
 *
 * for `t < sequenceLength`, or from `t+1` with `reverse`. Past a row's length nothing of `inputs` is read,
 * the output is zero and the state stays. It gives `[outputs, finalC, finalH, ...reserve]`, with `outputs`
 * the `h[t]`, and up to two tensors of any shape, which its gradient kernel gets back.
 */
export const LSTMSequence = 'LSTMSequence';

export interface LSTMSequenceInputs extends SequenceInputs {
  /** `[inputSize + units, 4 * units]`, columns i, j, f, o. */
  readonly kernel: TensorInfo;
  /** `[4 * units]` */
  readonly bias: TensorInfo;
  /** `[batch, units]` */
  readonly initialC: TensorInfo;
  /** `[batch, units]` */
  readonly initialH: TensorInfo;
}

export interface LSTMSequenceAttrs extends SequenceAttrs {
  readonly forgetBias: number;
}

/**
 * The gradient of {@link LSTMSequence}. It gives `[dInputs, dKernel, dBias, dInitialC, dInitialH]`; where
 * the attribute `inputGradient` is false, `dInputs` may be any tensor.
 */
export const LSTMSequenceGrad = 'LSTMSequenceGrad';

export interface LSTMSequenceGradInputs extends LSTMSequenceInputs, SequenceGradInputs {
  /** The upstream gradient, `[batch, units]`, or a scalar for zeros. */
  readonly dFinalC: TensorInfo;
  /** The upstream gradient, `[batch, units]`, or a scalar for zeros. */
  readonly dFinalH: TensorInfo;
}
