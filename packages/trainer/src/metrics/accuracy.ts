import {
  argMax,
  cast,
  equal,
  mean,
  type Scalar,
  type Tensor1D,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import { checkShape } from '../losses/check-tensor.js';

/**
 * The share of rows whose largest logit is the label's: `mean_i( argmax(logits[i]) == labels[i] )`.
 *
 * @param labels - int32 `[batch]`
 * @param logits - `[batch, classes]`
 * @returns a scalar in [0, 1]; the caller owns it
 * @throws RangeError if the shapes do not fit
 */
export function accuracy(labels: Tensor1D, logits: Tensor2D): Scalar {
  checkShape('accuracy: logits', logits, ['batch', 'classes']);
  checkShape('accuracy: labels', labels, [logits.shape[0]]);
  return tidy(() => mean<Scalar>(cast(equal(argMax(logits, 1), labels), 'float32')));
}
