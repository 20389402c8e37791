import type { KernelConfig } from '@tensorflow/tfjs-core';
import { Accuracy } from '@unroll/trainer';
import { scopedKernel } from './scoped-kernel.js';

/** `Accuracy` */
export const accuracy: KernelConfig = scopedKernel(Accuracy, ({ ops, inputs }) => {
  const [labels, logits] = [inputs['labels']!, inputs['logits']!].map((one) => ops.input(one));
  const guess = ops.run('ArgMax', [logits!, ops.integers([1], [])], [ops.int32Type('output_type')]);
  const hits = ops.run('Cast', [ops.run('Equal', [guess, labels!])], [ops.float32Type('DstT')]);
  return ops.run('Mean', [hits, ops.integers([0])]);
});
