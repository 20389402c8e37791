import {
  customGrad,
  div,
  logSoftmax,
  mean,
  mul,
  neg,
  oneHot,
  type Scalar,
  softmax,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';

/**
 * The mean cross-entropy of softmax probabilities with whole-number labels:
 *
 * `loss = mean_i( log(sum_k exp(logits[i, k])) - logits[i, labels[i]] )`
 *
 * Its gradient by the logits is `(softmax(logits) - oneHot(labels)) / batch`; labels have none.
 *
 * @param labels - int32 `[batch]`, each in `[0, classes)`
 * @param logits - float32 `[batch, classes]`
 * @returns a scalar in nats; the caller owns it
 * @throws RangeError if the shapes do not fit
 *
 * Source: TensorFlow 1's `tf.losses.sparse_softmax_cross_entropy`.
 */
export function sparseSoftmaxCrossEntropy(labels: Tensor1D, logits: Tensor2D): Scalar {
  checkLabels('sparseSoftmaxCrossEntropy', labels, logits);
  const [batch, classes] = logits.shape;
  const loss = customGrad((...args) => {
    const [x, save] = args as unknown as [Tensor2D, (tensors: Tensor[]) => void];
    // Labels are saved too: they may be gone by the time of the backward pass.
    save([x, labels]);
    return {
      value: neg(mean(sum(mul(oneHot(labels, classes), logSoftmax(x)), 1))),
      gradFunc: (dy: Tensor, [savedLogits, savedLabels]: Tensor[]) =>
        mul(div(dy, batch), sub(softmax(savedLogits!), oneHot(savedLabels!, classes))),
    };
  });
  return tidy(() => loss(logits) as Scalar);
}

/**
 * Asserts labels `[batch]` and logits `[batch, classes]` of one batch.
 *
 * @throws RangeError otherwise
 */
export function checkLabels(where: string, labels: Tensor1D, logits: Tensor2D): void {
  if (logits.rank !== 2) {
    throw new RangeError(
      `${where}: logits: expected shape [batch, classes], got [${logits.shape.join(', ')}]`,
    );
  }
  if (labels.rank !== 1 || labels.shape[0] !== logits.shape[0]) {
    throw new RangeError(
      `${where}: labels: expected shape [${logits.shape[0]}], got [${labels.shape.join(', ')}]`,
    );
  }
}
