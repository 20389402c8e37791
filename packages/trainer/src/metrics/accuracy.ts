import {
  argMax,
  cast,
  engine,
  equal,
  mean,
  type Scalar,
  type Tensor1D,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import { Accuracy } from '../kernels/accuracy.js';
import { hasKernel } from '../kernels/has-kernel.js';
import { checkDtype, checkShape } from '../losses/check-tensor.js';

/**
 * The share of rows whose largest logit is the label's: `mean_i( argmax(logits[i]) == labels[i] )`.
 *
 * @param labels - int32 `[batch]`
 * @param logits - float32 `[batch, classes]`
 * @returns a scalar in [0, 1]; the caller owns it
 * @throws RangeError if the shapes do not fit
 * @throws TypeError if the labels are not int32, or the logits not float32
 */
export function accuracy(labels: Tensor1D, logits: Tensor2D): Scalar {
  checkShape('accuracy: logits', logits, ['batch', 'classes']);
  checkShape('accuracy: labels', labels, [logits.shape[0]]);
  checkDtype('accuracy: labels', labels, 'int32');
  checkDtype('accuracy: logits', logits, 'float32');
  if (hasKernel(Accuracy)) return engine().runKernel(Accuracy, { labels, logits });
  return tidy('accuracy', () => mean<Scalar>(cast(equal(argMax(logits, 1), labels), 'float32')));
}
