import { type Scalar, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { checkShape } from './check-tensor.js';
import { crossEntropy } from './cross-entropy.js';

/**
 * The mean cross-entropy of softmax probabilities with labels that are probabilities themselves, above
 * all one-hot:
 *
 * `loss = mean_i( -sum_k labels[i, k] · log(softmax(logits)[i, k]) )`
 *
 * Its gradient by the logits is `(softmax(logits) - labels) / batch`, which holds where each row of
 * labels adds up to 1; labels have none.
 *
 * @param oneHotLabels - `[batch, classes]`, each row adding up to 1
 * @param logits - float32 `[batch, classes]`
 * @returns a scalar in nats; the caller owns it
 * @throws RangeError if the shapes do not fit
 *
 * Source: TensorFlow 1's `tf.losses.softmax_cross_entropy`.
 */
export function softmaxCrossEntropy(oneHotLabels: Tensor2D, logits: Tensor2D): Scalar {
  const name = 'softmaxCrossEntropy';
  checkShape(`${name}: logits`, logits, ['batch', 'classes']);
  checkShape(`${name}: oneHotLabels`, oneHotLabels, logits.shape);
  return tidy('softmax_cross_entropy', () => crossEntropy(oneHotLabels, logits, 'mean'));
}
