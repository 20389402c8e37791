import type { TensorInfo } from '@tensorflow/tfjs-core';

/** What every sequence kernel is told, and its gradient after it. */
export interface SequenceAttrs {
  /** Whether inputs and outputs are `[time, batch, features]`, not `[batch, time, features]`. */
  readonly timeMajor: boolean;
  /** Whether each row is walked from its last step, by its length, to its first. */
  readonly reverse: boolean;
  /** Whether `sequenceLength` counts; otherwise every row is as long as the sequence. */
  readonly padded: boolean;
  /** Whether a gradient may follow, so that what it needs has to be kept. */
  readonly training: boolean;
  /** Whether the gradient by the inputs is wanted; known when the gradient kernel runs. */
  inputGradient: boolean;
}

/** What every sequence kernel takes besides its weights and states. */
export interface SequenceInputs {
  /** `[batch, time, inputSize]`, or `[time, batch, inputSize]` with `timeMajor`. */
  readonly inputs: TensorInfo;
  /** int32 `[batch]`; values outside `[0, time]` count as the nearer end. */
  readonly sequenceLength: TensorInfo;
}

/**
 * What every gradient kernel takes besides the inputs of its forward kernel.
 *
 * An upstream gradient that is a scalar stands for zeros: that output was not used.
 */
export interface SequenceGradInputs {
  readonly outputs: TensorInfo;
  /** Shaped like `outputs`, or a scalar. */
  readonly dOutputs: TensorInfo;
  /** The first of what the forward kernel gave beyond its outputs and final state, if anything. */
  readonly reserve0?: TensorInfo;
  /** The second. */
  readonly reserve1?: TensorInfo;
}
