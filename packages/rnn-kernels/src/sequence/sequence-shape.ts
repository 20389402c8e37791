import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SequenceAttrs } from '@unroll/rnn-cells';
import type { Host } from '../host.js';

/** The sizes of one call of a sequence kernel. */
export interface SequenceShape {
  readonly batch: number;
  readonly time: number;
  readonly inputSize: number;
  readonly units: number;
  /** `[batch]`, each in `[0, time]`. */
  readonly lengths: Int32Array;
}

export function sequenceShape(
  host: Host,
  inputs: Readonly<Record<string, TensorInfo>>,
  { state, attrs }: { readonly state: TensorInfo; readonly attrs: SequenceAttrs },
): SequenceShape {
  const [axis0, axis1, inputSize] = inputs['inputs']!.shape as [number, number, number];
  const [batch, time] = attrs.timeMajor ? [axis1, axis0] : [axis0, axis1];
  const lengths = attrs.padded
    ? host.integers(inputs['sequenceLength']!).map((length) => Math.min(Math.max(length, 0), time))
    : new Int32Array(batch).fill(time);
  return { batch, time, inputSize, units: state.shape[1]!, lengths };
}
