import {
  engine,
  type GradConfig,
  type NamedTensorMap,
  type Tensor,
  zeros,
} from '@tensorflow/tfjs-core';
import type { SequenceAttrs } from './sequence-attrs.js';
import { checkFirstOrder } from './sequence-kernel.js';

/** The names by which a sequence kernel takes what differs from one kind of cell to another. */
export interface SequenceKernelNames {
  readonly kernelName: string;
  readonly weights: readonly string[];
  /** What follows `initial` and `dFinal`: `State`, or `C` and `H`. */
  readonly states: readonly string[];
}

/** The most tensors that a kernel gives for its gradient kernel's sake alone. */
const mostReserves = 2;

/** How core differentiates a sequence kernel on every backend: by one call of its gradient kernel. */
export function sequenceGradient({ kernelName, weights, states }: SequenceKernelNames): GradConfig {
  const initialStates = states.map((state) => `initial${state}`);
  const inputsToSave = ['inputs', 'sequenceLength', ...weights, ...initialStates];
  const reserves = Array.from({ length: mostReserves }, (_, i) => `reserve${i}`);
  return {
    kernelName,
    inputsToSave,
    // All but the final states, of which the outputs are enough.
    outputsToSave: [true, ...states.map(() => false), ...reserves.map(() => true)],
    gradFunc: (dys, saved, attrs) => {
      checkFirstOrder(kernelName);
      const [dOutputs, ...dFinals] = dys as Tensor[];
      const inputs: NamedTensorMap = { dOutputs: dOutputs! };
      for (const [i, state] of states.entries()) inputs[`dFinal${state}`] = dFinals[i]!;
      const names = [...inputsToSave, 'outputs', ...reserves];
      for (const [i, tensor] of saved.entries()) inputs[names[i]!] = tensor;
      const { sequenceLength } = inputs;
      const gradients = engine().runKernel(
        `${kernelName}Grad`,
        inputs,
        attrs,
      ) as unknown as Tensor[];
      const differentiated = ['inputs', ...weights, ...initialStates];
      return {
        ...Object.fromEntries(differentiated.map((name, i) => [name, () => gradients[i]!])),
        sequenceLength: () => zeros(sequenceLength!.shape),
      };
    },
  };
}

/** What TensorFlow.js keeps of a call while it records; `inputs` are those that a gradient is wanted by. */
interface RecordedCall {
  readonly kernelName: string;
  readonly inputs: NamedTensorMap;
  gradient?: (this: RecordedCall, dys: (Tensor | null)[]) => unknown;
}

/**
 * Lets the gradient of the kernel that has just run see what the backward pass needs of it. By itself
 * TensorFlow.js makes zeros the size of every output that nobody used, which takes longer than the kernel
 * of a small network; here a scalar stands for them. And a first layer need not compute the gradient by
 * data. A version of core that records otherwise makes this no less right, only slower.
 */
export function refineGradient(
  kernelName: string,
  attrs: SequenceAttrs,
  unused: () => Tensor,
): void {
  const call = engine().state.activeTape.at(-1) as RecordedCall | undefined;
  const whole = call?.gradient;
  if (call?.kernelName !== kernelName || whole === undefined) return;
  call.gradient = function (this: RecordedCall, dys) {
    attrs.inputGradient = 'inputs' in this.inputs;
    const nothing = dys.includes(null) ? unused() : null;
    return whole.call(
      this,
      dys.map((dy) => dy ?? nothing),
    );
  };
}
