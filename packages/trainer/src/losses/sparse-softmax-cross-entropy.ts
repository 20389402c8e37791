import { oneHot, type Scalar, type Tensor1D, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { checkClasses, checkShape } from './check-tensor.js';
import { crossEntropy } from './cross-entropy.js';

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
 * @throws RangeError if the shapes do not fit, or a label is outside (on the cpu and wasm backends;
 * elsewhere it counts as none)
 * @throws TypeError if the labels are not int32
 *
 * Source: TensorFlow 1's `tf.losses.sparse_softmax_cross_entropy`.
 */
export function sparseSoftmaxCrossEntropy(labels: Tensor1D, logits: Tensor2D): Scalar {
  const name = 'sparseSoftmaxCrossEntropy';
  checkShape(`${name}: logits`, logits, ['batch', 'classes']);
  const [batch, classes] = logits.shape;
  checkShape(`${name}: labels`, labels, [batch]);
  checkClasses(`${name}: labels`, labels, classes);
  return tidy('softmax_cross_entropy', () =>
    crossEntropy(oneHot(labels, classes) as Tensor2D, logits, 'mean'),
  );
}
