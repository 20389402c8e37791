import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import {
  DenseSoftmaxCrossEntropy,
  type DenseSoftmaxCrossEntropyAttrs,
  DenseSoftmaxCrossEntropyGrad,
} from '@unroll/trainer';
import type { Handle } from './native-backend.js';
import type { Ops } from './ops.js';
import { scopedKernel } from './scoped-kernel.js';

type Inputs<Names extends string> = Readonly<Record<Names, TensorInfo>>;

/** `DenseSoftmaxCrossEntropy` */
export const denseSoftmaxCrossEntropy: KernelConfig = scopedKernel(
  DenseSoftmaxCrossEntropy,
  ({ ops, inputs: given }) => {
    const { inputs, kernel, bias, labels } = given as Inputs<
      'bias' | 'inputs' | 'kernel' | 'labels'
    >;
    const product = ops.matMul(ops.input(inputs), ops.input(kernel));
    const logits = ops.addBias(product, ops.input(bias));
    const logs = ops.run('LogSoftmax', [logits]);
    const hits = ops.select(hitsOf(ops, labels, kernel.shape[1]!), logs, ops.scalar(0));
    const total = ops.run('Sum', [hits, ops.integers([0, 1])]);
    return [ops.mul(total, ops.scalar(-1 / inputs.shape[0]!)), logits];
  },
);

/** `DenseSoftmaxCrossEntropyGrad` */
export const denseSoftmaxCrossEntropyGrad: KernelConfig =
  scopedKernel<DenseSoftmaxCrossEntropyAttrs>(
    DenseSoftmaxCrossEntropyGrad,
    ({ ops, inputs: given, attrs }) => {
      const { inputs, kernel, labels, logits, dLoss, dLogits } = given as Inputs<
        'dLogits' | 'dLoss' | 'inputs' | 'kernel' | 'labels' | 'logits'
      >;
      const softmax = ops.run('Softmax', [ops.input(logits)]);
      const hits = hitsOf(ops, labels, kernel.shape[1]!);
      const distance = ops.select(hits, ops.sub(softmax, ops.scalar(1)), softmax);
      const scale = ops.mul(ops.input(dLoss), ops.scalar(1 / inputs.shape[0]!));
      const ofLoss = ops.mul(distance, scale);
      // A scalar stands for zeros.
      const all = dLogits.shape.length === 0 ? ofLoss : ops.add(ofLoss, ops.input(dLogits));
      return [
        attrs.inputGradient ? ops.timesTransposed(all, ops.input(kernel)) : ops.scalar(0),
        ops.transposedTimes(ops.input(inputs), all),
        ops.sumOfRows(all),
      ];
    },
  );

/** bool `[batch, classes]`: where a class is the label's. */
function hitsOf(ops: Ops, labels: TensorInfo, classes: number): Handle {
  const all = ops.integers(Array.from({ length: classes }, (_, label) => label));
  return ops.run('Equal', [ops.reshape(ops.input(labels), [labels.shape[0]!, 1]), all]);
}
