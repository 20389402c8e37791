import {
  engine,
  fill,
  type NamedTensorMap,
  type Tensor,
  type Tensor3D,
} from '@tensorflow/tfjs-core';
import { recordGradient } from './record-gradient.js';
import type { SequenceAttrs } from './sequence-attrs.js';
import type { SequenceOptions } from './sequence-kernel.js';

export interface SequenceCall {
  readonly kernelName: string;
  readonly inputs: Tensor3D;
  /** Weights and initial states, by the kernel's own names, in the order in which its gradient kernel gives theirs. */
  readonly parameters: NamedTensorMap;
  readonly options: SequenceOptions;
  /** What this kernel is told beyond {@link SequenceAttrs}. */
  readonly attrs?: Readonly<Record<string, number | string>>;
}

/** Calls a sequence kernel of the current backend: outputs and final states, and what it keeps for itself. */
export function runSequenceKernel(call: SequenceCall): Tensor[] {
  const { kernelName, inputs, parameters, attrs: own = {} } = call;
  const { timeMajor, reverse, sequenceLength } = call.options;
  const training = engine().isTapeOn();
  const attrs: SequenceAttrs & Record<string, boolean | number | string> = {
    ...own,
    timeMajor,
    reverse,
    padded: sequenceLength !== null,
    training,
    inputGradient: true,
  };
  const [batch, time] = timeMajor ? [inputs.shape[1], inputs.shape[0]] : inputs.shape;
  const lengths = sequenceLength ?? fill([batch], time, 'int32');
  const results = engine().runKernel(
    kernelName,
    { inputs, ...parameters, sequenceLength: lengths },
    attrs,
  ) as unknown as Tensor[];
  if (training) {
    recordGradient({ kernelName, attrs, inputs, sequenceLength: lengths, parameters, results });
  }
  return results;
}
