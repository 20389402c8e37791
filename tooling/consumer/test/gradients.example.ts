/*
 * Gradients that TensorFlow.js's own registration gives only where its chained ops are, and others that
 * come with core's inner parts.
 */
import '@tensorflow/tfjs-backend-cpu';
import {
  gather,
  grad,
  maxPool,
  prod,
  sum,
  tensor1d,
  tensor2d,
  tensor4d,
} from '@tensorflow/tfjs-core';
import '@unroll/trainer/gradients';

const x = tensor2d([
  [2, 3],
  [5, 7],
]);
const byProduct = grad((t) => sum(prod(t, 1)))(x);
const byGather = grad((t) => sum(gather(t, tensor2d([[1], [0]], [2, 1], 'int32'), 1, 1)))(x);
const byPool = grad((t) => sum(maxPool(t as never, 2, 1, 'valid')))(
  tensor4d([1, 2, 4, 3], [1, 2, 2, 1]),
);
const bySum = grad((t) => sum(t))(tensor1d([1]));
console.log(JSON.stringify([byProduct, byGather, byPool, bySum].map((g) => [...g.dataSync()])));
