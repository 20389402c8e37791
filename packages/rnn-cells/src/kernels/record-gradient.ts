import { engine, type NamedTensorMap, scalar, type Tensor, zeros } from '@tensorflow/tfjs-core';
import { recordedCall } from './recorded-call.js';
import type { SequenceAttrs } from './sequence-attrs.js';
import { checkFirstOrder } from './sequence-kernel.js';

export interface RecordedSequence {
  readonly kernelName: string;
  readonly attrs: SequenceAttrs & Readonly<Record<string, boolean | number | string>>;
  readonly inputs: Tensor;
  readonly sequenceLength: Tensor;
  /** See `SequenceCall`. */
  readonly parameters: NamedTensorMap;
  /** Outputs, final states, and what the kernel gave beyond them for its gradient kernel's sake. */
  readonly results: readonly Tensor[];
}

/**
 * Says how the sequence kernel that has just run is differentiated, on every backend: by one call of its
 * gradient kernel. A scalar stands for the gradient by an output that nobody used, and a first layer does
 * not compute the gradient by data.
 */
export function recordGradient(sequence: RecordedSequence): void {
  const { kernelName, attrs, inputs, sequenceLength, parameters, results } = sequence;
  const states = Object.keys(parameters).flatMap((name) => /^initial(.+)$/u.exec(name)?.[1] ?? []);
  // The outputs are enough of the final states.
  const [outputs, ...others] = results;
  const reserves = others.slice(states.length).map((reserve, i) => [`reserve${i}`, reserve]);
  const call = recordedCall(kernelName);
  const kept = call.keep({
    inputs,
    sequenceLength,
    ...parameters,
    outputs: outputs!,
    ...Object.fromEntries(reserves),
  });
  call.differentiate((dys, isWanted) => {
    checkFirstOrder(kernelName);
    attrs.inputGradient = isWanted('inputs');
    const nothing = dys.includes(null) ? scalar(0) : null;
    const names = ['dOutputs', ...states.map((state) => `dFinal${state}`)];
    const upstream = names.map((name, i) => [name, dys[i] ?? nothing]);
    const gradients = engine().runKernel(
      `${kernelName}Grad`,
      { ...kept, ...Object.fromEntries(upstream) } as NamedTensorMap,
      attrs,
    ) as unknown as Tensor[];
    const differentiated = ['inputs', ...Object.keys(parameters)];
    return {
      ...Object.fromEntries(differentiated.map((name, i) => [name, () => gradients[i]!])),
      sequenceLength: () => zeros(sequenceLength.shape),
    };
  });
}
