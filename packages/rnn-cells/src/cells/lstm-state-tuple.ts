import type { Tensor2D } from '@tensorflow/tfjs-core';

/** The state of an LSTM, in TensorFlow 1's order: c, then h. */
export interface LSTMStateTuple {
  /** The memory, `[batch, units]`. */
  readonly c: Tensor2D;
  /** The output, `[batch, units]`, or `[batch, projectionSize]`. */
  readonly h: Tensor2D;
}

/** The sizes of an {@link LSTMStateTuple}. */
export interface LSTMStateSize {
  readonly [name: string]: number;
  readonly c: number;
  readonly h: number;
}
