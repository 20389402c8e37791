import {
  add,
  engine,
  matMul,
  oneHot,
  type Scalar,
  type Tensor1D,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import {
  DenseSoftmaxCrossEntropy,
  DenseSoftmaxCrossEntropyGrad,
} from '../kernels/dense-softmax-cross-entropy.js';
import { hasKernel } from '../kernels/has-kernel.js';
import { recordDenseGradient } from '../kernels/record-dense-gradient.js';
import { checkClasses, checkDtype, checkShape } from './check-tensor.js';
import { crossEntropy } from './cross-entropy.js';

export interface DenseSparseSoftmaxCrossEntropyOptions {
  /** float32 `[batch, features]` */
  readonly inputs: Tensor2D;
  /** float32 `[features, classes]` */
  readonly kernel: Tensor2D;
  /** float32 `[classes]` */
  readonly bias: Tensor1D;
  /** int32 `[batch]`, each in `[0, classes)` */
  readonly labels: Tensor1D;
}

// A type, not an interface, which TensorFlow.js would not take for a container of tensors.
export type LossAndLogits = {
  /** In nats. */
  readonly loss: Scalar;
  /** `[batch, classes]` */
  readonly logits: Tensor2D;
};

/**
 * A dense layer and the mean cross-entropy of its softmax probabilities with whole-number labels, as
 * {@link sparseSoftmaxCrossEntropy} computes it of the logits:
 *
 * ```text
 * logits = inputs · kernel + bias
 * loss = mean_i( log(sum_k exp(logits[i, k])) - logits[i, labels[i]] )
 * ```
 *
 * Loss and logits have gradients by inputs, kernel and bias; labels have none. Where the current backend
 * has kernels for it, it is one call, and its gradient another.
 *
 * @param options - inputs, kernel, bias and labels, which stay the caller's
 * @returns loss and logits; the caller owns them
 * @throws RangeError if the shapes do not fit, there are fewer than 2 classes, or a label is outside (on the cpu and wasm backends;
 * elsewhere it counts as none)
 * @throws TypeError if the labels are not int32, or the others not float32
 *
 * Source: TensorFlow 1's `tf.layers.dense` and `tf.losses.sparse_softmax_cross_entropy`.
 */
export function denseSparseSoftmaxCrossEntropy(
  options: DenseSparseSoftmaxCrossEntropyOptions,
): LossAndLogits {
  checkOptions(options);
  return tidy(() => (isFused() ? atOnce : composed)(options));
}

function checkOptions({
  inputs,
  kernel,
  bias,
  labels,
}: DenseSparseSoftmaxCrossEntropyOptions): void {
  const name = 'denseSparseSoftmaxCrossEntropy';
  checkShape(`${name}: inputs`, inputs, ['batch', 'features']);
  const [batch, features] = inputs.shape;
  checkShape(`${name}: kernel`, kernel, [features, 'classes']);
  const classes = kernel.shape[1];
  checkShape(`${name}: bias`, bias, [classes]);
  checkShape(`${name}: labels`, labels, [batch]);
  for (const [what, tensor] of Object.entries({ inputs, kernel, bias })) {
    checkDtype(`${name}: ${what}`, tensor, 'float32');
  }
  if (classes < 2) {
    throw new RangeError(`${name}: kernel: expected at least 2 classes, got ${classes}`);
  }
  checkClasses(`${name}: labels`, labels, classes);
}

/** Whether the current backend has the kernels; they serve no gradient of a gradient. */
function isFused(): boolean {
  return (
    engine().state.gradientDepth <= 1 &&
    hasKernel(DenseSoftmaxCrossEntropy) &&
    hasKernel(DenseSoftmaxCrossEntropyGrad)
  );
}

/** By the kernel that the current backend has for it. */
function atOnce({
  inputs,
  kernel,
  bias,
  labels,
}: DenseSparseSoftmaxCrossEntropyOptions): LossAndLogits {
  const [loss, logits] = engine().runKernel(DenseSoftmaxCrossEntropy, {
    inputs,
    kernel,
    bias,
    labels,
  }) as unknown as [Scalar, Tensor2D];
  if (engine().isTapeOn()) recordDenseGradient({ inputs, kernel, labels, logits });
  return { loss, logits };
}

/** Composed of TensorFlow.js's own ops. */
function composed({
  inputs,
  kernel,
  bias,
  labels,
}: DenseSparseSoftmaxCrossEntropyOptions): LossAndLogits {
  const logits: Tensor2D = tidy('dense', () => add(matMul(inputs, kernel), bias));
  const loss = tidy('softmax_cross_entropy', () => {
    const oneHotLabels = oneHot(labels, kernel.shape[1]) as Tensor2D;
    return crossEntropy(oneHotLabels, logits, 'mean');
  });
  return { loss, logits };
}
