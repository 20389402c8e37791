/**
 * The kernel of `denseSparseSoftmaxCrossEntropy`. It takes
 *
 * - `inputs`, `[batch, features]`
 * - `kernel`, `[features, classes]`
 * - `bias`, `[classes]`
 * - `labels`, int32 `[batch]`, each in `[0, classes)`
 *
 * and gives `[loss, logits]`, a scalar and `[batch, classes]`:
 *
 * ```text
 * logits = inputs · kernel + bias
 * loss = mean_i( log(sum_k exp(logits[i, k])) - logits[i, labels[i]] )
 * ```
 */
export const DenseSoftmaxCrossEntropy = 'DenseSoftmaxCrossEntropy';

/**
 * The gradient of {@link DenseSoftmaxCrossEntropy}. It takes `inputs`, `kernel`, `labels` and `logits` of
 * that call, and the upstream gradients `dLoss`, a scalar, and `dLogits`, `[batch, classes]` or a scalar
 * for zeros. It gives `[dInputs, dKernel, dBias]`; where the attribute `inputGradient` is false, `dInputs`
 * may be any tensor.
 *
 * ```text
 * d = dLoss / batch · (softmax(logits) - oneHot(labels)) + dLogits
 * dInputs = d · kernelᵀ
 * dKernel = inputsᵀ · d
 * dBias = sum_i( d[i] )
 * ```
 */
export const DenseSoftmaxCrossEntropyGrad = 'DenseSoftmaxCrossEntropyGrad';

/** What the gradient kernel is told. */
export interface DenseSoftmaxCrossEntropyAttrs {
  /** Whether the gradient by the inputs is wanted. */
  readonly inputGradient: boolean;
}
