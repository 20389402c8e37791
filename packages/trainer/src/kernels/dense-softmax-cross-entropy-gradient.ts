import {
  engine,
  type GradConfig,
  type NamedTensorMap,
  scalar,
  type Tensor,
  zeros,
} from '@tensorflow/tfjs-core';
import {
  DenseSoftmaxCrossEntropy,
  type DenseSoftmaxCrossEntropyAttrs,
  DenseSoftmaxCrossEntropyGrad,
} from './dense-softmax-cross-entropy.js';

/** How core differentiates {@link DenseSoftmaxCrossEntropy} on every backend: by one call of its gradient kernel. */
export const denseSoftmaxCrossEntropyGradient: GradConfig = {
  kernelName: DenseSoftmaxCrossEntropy,
  inputsToSave: ['inputs', 'kernel', 'labels'],
  outputsToSave: [false, true],
  gradFunc: (dys, saved, attrs) => {
    // The gradient kernel has no gradient of its own.
    if (engine().isTapeOn()) {
      throw new Error(
        `${DenseSoftmaxCrossEntropy}: expected a first gradient, got a second one of a result from outside of the inner gradient; compute the loss inside of it`,
      );
    }
    const [dLoss, dLogits] = dys as [Tensor, Tensor];
    const [inputs, kernel, labels, logits] = saved as [Tensor, Tensor, Tensor, Tensor];
    const [dInputs, dKernel, dBias] = engine().runKernel(
      DenseSoftmaxCrossEntropyGrad,
      { inputs, kernel, labels, logits, dLoss, dLogits },
      attrs,
    ) as unknown as [Tensor, Tensor, Tensor];
    return {
      inputs: () => dInputs,
      kernel: () => dKernel,
      bias: () => dBias,
      labels: () => zeros(labels.shape),
    };
  },
};

/** What TensorFlow.js keeps of a call while it records; `inputs` are those that a gradient is wanted by. */
interface RecordedCall {
  readonly kernelName: string;
  readonly inputs: NamedTensorMap;
  gradient?: (this: RecordedCall, dys: (Tensor | null)[]) => unknown;
}

/**
 * Lets the gradient of the kernel that has just run see what is wanted of it: a scalar stands for zeros
 * where an output was not used, and the gradient by data is not computed. A version of core that records
 * otherwise makes this no less right, only slower.
 *
 * @param attrs - those that the kernel was called with
 */
export function refineGradient(attrs: DenseSoftmaxCrossEntropyAttrs): void {
  const call = engine().state.activeTape?.at(-1) as RecordedCall | undefined;
  const whole = call?.gradient;
  if (call?.kernelName !== DenseSoftmaxCrossEntropy || whole === undefined) return;
  call.gradient = function (this: RecordedCall, dys) {
    attrs.inputGradient = 'inputs' in this.inputs;
    return whole.call(
      this,
      dys.map((dy) => dy ?? scalar(0)),
    );
  };
}
