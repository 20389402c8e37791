import { engine, scalar, type Tensor, zeros } from '@tensorflow/tfjs-core';
import {
  DenseSoftmaxCrossEntropy,
  DenseSoftmaxCrossEntropyGrad,
} from './dense-softmax-cross-entropy.js';
import { recordedCall } from './recorded-call.js';

// A type, not an interface, which TensorFlow.js would not take for named tensors.
type Recorded = {
  readonly inputs: Tensor;
  readonly kernel: Tensor;
  readonly labels: Tensor;
  readonly logits: Tensor;
};

/**
 * Says how the call of {@link DenseSoftmaxCrossEntropy} that has just been is differentiated, on every backend:
 * by one call of its gradient kernel. A scalar stands for the gradient by logits that nobody used, and the
 * gradient by data is not computed.
 */
export function recordDenseGradient(tensors: Recorded): void {
  const call = recordedCall(DenseSoftmaxCrossEntropy);
  const kept = call.keep(tensors);
  call.differentiate(([dLoss, dLogits], isWanted) => {
    // The gradient kernel has no gradient of its own.
    if (engine().isTapeOn()) {
      throw new Error(
        `${DenseSoftmaxCrossEntropy}: expected a first gradient, got a second one of a result from outside of the inner gradient; compute the loss inside of it`,
      );
    }
    const [dInputs, dKernel, dBias] = engine().runKernel(
      DenseSoftmaxCrossEntropyGrad,
      { ...kept, dLoss: dLoss ?? scalar(0), dLogits: dLogits ?? scalar(0) },
      { inputGradient: isWanted('inputs') },
    ) as unknown as [Tensor, Tensor, Tensor];
    return {
      inputs: () => dInputs,
      kernel: () => dKernel,
      bias: () => dBias,
      labels: () => zeros(tensors.labels.shape),
    };
  });
}
