import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SequenceAttrs, SequenceGradInputs, SequenceInputs } from './sequence-attrs.js';

/**
 * The kernel that runs TensorFlow 1's `GRUCell` over a whole sequence:
 *
 * ```text
 * [r, u] = σ([x[t], h[t-1]] · gatesKernel + gatesBias)
 * c = tanh([x[t], r ∘ h[t-1]] · candidateKernel + candidateBias)
 * h[t] = u ∘ h[t-1] + (1 - u) ∘ c
 * ```
 *
 * for `t < sequenceLength`, or from `t+1` with `reverse`. Past a row's length nothing of `inputs` is read,
 * the output is zero and the state stays. It gives `[outputs, finalState, ...reserve]`, with up to two
 * tensors of any shape, which its gradient kernel gets back.
 */
export const GRUSequence = 'GRUSequence';

export interface GRUSequenceInputs extends SequenceInputs {
  /** `[inputSize + units, 2 * units]`, columns r, u. */
  readonly gatesKernel: TensorInfo;
  /** `[2 * units]` */
  readonly gatesBias: TensorInfo;
  /** `[inputSize + units, units]` */
  readonly candidateKernel: TensorInfo;
  /** `[units]` */
  readonly candidateBias: TensorInfo;
  /** `[batch, units]` */
  readonly initialState: TensorInfo;
}

/**
 * The gradient of {@link GRUSequence}. It gives `[dInputs, dGatesKernel, dGatesBias, dCandidateKernel,
 * dCandidateBias, dInitialState]`; where the attribute `inputGradient` is false, `dInputs` may be any tensor.
 */
export const GRUSequenceGrad = 'GRUSequenceGrad';

export interface GRUSequenceGradInputs extends GRUSequenceInputs, SequenceGradInputs {
  /** The upstream gradient, `[batch, units]`, or a scalar for zeros. */
  readonly dFinalState: TensorInfo;
}

/** As {@link GRUSequence}; nothing more to say. */
export type GRUSequenceAttrs = SequenceAttrs;

/**
 * The kernel that runs a `GRUCell` with `resetAfter` over a whole sequence, as {@link GRUSequence} but for
 *
 * `c = tanh(x[t] · inputKernel + inputBias + r ∘ (h[t-1] · hiddenKernel + hiddenBias))`
 */
export const ResetAfterGRUSequence = 'ResetAfterGRUSequence';

export interface ResetAfterGRUSequenceInputs extends SequenceInputs {
  /** `[inputSize + units, 2 * units]`, columns r, u. */
  readonly gatesKernel: TensorInfo;
  /** `[2 * units]` */
  readonly gatesBias: TensorInfo;
  /** `[inputSize, units]` */
  readonly inputKernel: TensorInfo;
  /** `[units]` */
  readonly inputBias: TensorInfo;
  /** `[units, units]` */
  readonly hiddenKernel: TensorInfo;
  /** `[units]` */
  readonly hiddenBias: TensorInfo;
  /** `[batch, units]` */
  readonly initialState: TensorInfo;
}

/**
 * The gradient of {@link ResetAfterGRUSequence}. It gives `[dInputs, dGatesKernel, dGatesBias, dInputKernel,
 * dInputBias, dHiddenKernel, dHiddenBias, dInitialState]`; where the attribute `inputGradient` is false,
 * `dInputs` may be any tensor.
 */
export const ResetAfterGRUSequenceGrad = 'ResetAfterGRUSequenceGrad';

export interface ResetAfterGRUSequenceGradInputs
  extends ResetAfterGRUSequenceInputs, SequenceGradInputs {
  /** The upstream gradient, `[batch, units]`, or a scalar for zeros. */
  readonly dFinalState: TensorInfo;
}
