import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { DenseSoftmaxCrossEntropy } from '@unroll/trainer';
import type { TrainingContext } from './training-context.js';
import { coreProduct } from './core-product.js';
import { largestOfRow } from './largest-of-row.js';
import { makeOutputs } from './make-outputs.js';

type Inputs = Readonly<Record<'bias' | 'inputs' | 'kernel' | 'labels', TensorInfo>>;

/** `DenseSoftmaxCrossEntropy`: a product, and a pass over the logits. */
export function denseSoftmaxCrossEntropyKernel({
  backendName,
  hostOf,
  core,
}: TrainingContext): KernelConfig {
  return {
    kernelName: DenseSoftmaxCrossEntropy,
    backendName,
    kernelFunc({ inputs: given, backend }) {
      const host = hostOf(backend);
      const { inputs, kernel, bias, labels } = given as Inputs;
      const [features, classes] = kernel.shape as [number, number];
      const { infos, values } = makeOutputs(host, [[], [inputs.shape[0]!, classes]]);
      const [loss, logits] = values as [Float32Array, Float32Array];
      const left = { values: host.floats(inputs), columns: features };
      const right = { values: host.floats(kernel), columns: classes };
      coreProduct(core, { left, right }, logits);
      addToRows(logits, host.floats(bias));
      loss[0] = meanCrossEntropy(logits, host.integers(labels));
      return infos;
    },
  };
}

function addToRows(values: Float32Array, row: Float32Array): void {
  for (let start = 0; start < values.length; start += row.length) {
    for (let i = 0; i < row.length; i++) values[start + i]! += row[i]!;
  }
}

function meanCrossEntropy(logits: Float32Array, labels: Int32Array): number {
  const classes = logits.length / labels.length;
  let total = 0;
  for (let row = 0; row < labels.length; row++) {
    const start = row * classes;
    const largest = logits[largestOfRow(logits, start, classes)]!;
    let sum = 0;
    for (let i = start; i < start + classes; i++) sum += Math.exp(logits[i]! - largest);
    total += Math.log(sum) - (logits[start + labels[row]!]! - largest);
  }
  return total / labels.length;
}
