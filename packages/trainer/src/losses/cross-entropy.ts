import {
  customGrad,
  div,
  equal,
  expandDims,
  logSoftmax,
  mean,
  mul,
  neg,
  type Scalar,
  softmax,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';

/** The rows as they are, or their mean. */
type Reduction = 'mean' | 'none';

/**
 * The cross-entropy of softmax probabilities with labels, of which the losses are made:
 *
 * `rows[i] = -Σ_k labels[i, k] · log(softmax(logits)[i, k])`
 *
 * Its gradient by the logits is `dy[i] · (softmax(logits) - labels)`, or `dy / rows · (...)` of the mean,
 * as TensorFlow's; labels have none. To be called in `tidy`.
 *
 * @param labels - `[rows, classes]`, each row adding up to 1
 * @param logits - float32 `[rows, classes]`
 * @returns `[rows]`, or a scalar, in nats
 */
export function crossEntropy(labels: Tensor2D, logits: Tensor2D, reduction: 'none'): Tensor1D;
export function crossEntropy(labels: Tensor2D, logits: Tensor2D, reduction: 'mean'): Scalar;
export function crossEntropy(labels: Tensor2D, logits: Tensor2D, reduction: Reduction): Tensor {
  const loss = customGrad((...args) => {
    const [x, save] = args as unknown as [Tensor2D, (tensors: Tensor[]) => void];
    // Labels are saved too: they may be gone by the time of the backward pass.
    save([x, labels]);
    // A class of label 0 counts for nothing, even where its logit is -Infinity.
    const shares = where(equal(labels, 0), zerosLike(x), mul(labels, logSoftmax(x)));
    const rows = neg(sum(shares, 1));
    return {
      value: reduction === 'mean' ? mean(rows) : rows,
      gradFunc: (dy: Tensor, [savedLogits, savedLabels]: Tensor[]) => {
        const scale = reduction === 'mean' ? div(dy, x.shape[0]) : expandDims(dy, 1);
        return mul(scale, sub(softmax(savedLogits!), savedLabels!));
      },
    };
  });
  return loss(logits);
}
