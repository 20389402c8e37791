import {
  add,
  div,
  mul,
  oneHot,
  reshape,
  type Scalar,
  sum,
  type Tensor2D,
  type Tensor3D,
  tidy,
} from '@tensorflow/tfjs-core';
import { checkClasses, checkShape } from './check-tensor.js';
import { crossEntropy } from './cross-entropy.js';

/** Keeps a batch in which nothing counts from dividing by zero: its loss is 0. */
const tiny = 1e-12;

/**
 * The weighted mean, over all steps of all rows, of the cross-entropy of softmax probabilities with
 * whole-number targets:
 *
 * `loss = sum_bt( weights[b, t] · ce[b, t] ) / (sum_bt( weights[b, t] ) + 1e-12)`
 *
 * with `ce[b, t] = log(sum_k exp(logits[b, t, k])) - logits[b, t, targets[b, t]]`. A weight of 0 leaves
 * a step of padding out; a weight does not hide a NaN. It has gradients by the logits and by the weights.
 *
 * @param logits - float32 `[batch, time, classes]`
 * @param targets - int32 `[batch, time]`, each in `[0, classes)`
 * @param weights - `[batch, time]`, from 0
 * @returns a scalar in nats; the caller owns it
 * @throws RangeError if the shapes do not fit, or a target is outside (on the cpu and wasm backends;
 * elsewhere it counts as none)
 * @throws TypeError if the targets are not int32
 *
 * Source: TensorFlow 1's `tf.contrib.seq2seq.sequence_loss`, at its defaults.
 */
export function sequenceLoss(logits: Tensor3D, targets: Tensor2D, weights: Tensor2D): Scalar {
  checkShape('sequenceLoss: logits', logits, ['batch', 'time', 'classes']);
  const [batch, time, classes] = logits.shape;
  checkShape('sequenceLoss: targets', targets, [batch, time]);
  checkClasses('sequenceLoss: targets', targets, classes);
  checkShape('sequenceLoss: weights', weights, [batch, time]);
  return tidy('sequence_loss', () => {
    const labels = oneHot(reshape(targets, [-1]), classes) as Tensor2D;
    const rows = crossEntropy(labels, reshape(logits, [-1, classes]), 'none');
    return div<Scalar>(sum(mul(rows, reshape(weights, [-1]))), add(sum(weights), tiny));
  });
}
