import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SequenceAttrs } from '@unroll/rnn-cells';

/** The sizes of one call of a sequence kernel, and how it walks. */
export interface SequenceShape {
  /** The axes of inputs and outputs before the features, as they come. */
  readonly axes: readonly [number, number];
  readonly batch: number;
  readonly time: number;
  readonly inputSize: number;
  readonly units: number;
  /** Groups of four rows: a texel holds the numbers of four rows. */
  readonly groups: number;
  readonly timeMajor: boolean;
  readonly reverse: boolean;
  readonly padded: boolean;
}

export function sequenceShape(
  inputs: TensorInfo,
  state: TensorInfo,
  { timeMajor, reverse, padded }: SequenceAttrs,
): SequenceShape {
  const [axis0, axis1, inputSize] = inputs.shape as [number, number, number];
  const [batch, time] = timeMajor ? [axis1, axis0] : [axis0, axis1];
  return {
    axes: [axis0, axis1],
    batch,
    time,
    inputSize,
    units: state.shape[1]!,
    groups: Math.ceil(batch / 4),
    timeMajor,
    reverse,
    padded,
  };
}
