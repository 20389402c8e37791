import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { type DenseSoftmaxCrossEntropyAttrs, DenseSoftmaxCrossEntropyGrad } from '@unroll/trainer';
import type { TrainingContext } from './training-context.js';
import { coreProduct } from './core-product.js';
import { largestOfRow } from './largest-of-row.js';
import { makeOutputs } from './make-outputs.js';

type Inputs = Readonly<
  Record<'dLogits' | 'dLoss' | 'inputs' | 'kernel' | 'labels' | 'logits', TensorInfo>
>;

/** `DenseSoftmaxCrossEntropyGrad`: the gradient by the logits, and two products with it. */
export function denseSoftmaxCrossEntropyGradKernel({
  backendName,
  hostOf,
  core,
}: TrainingContext): KernelConfig {
  return {
    kernelName: DenseSoftmaxCrossEntropyGrad,
    backendName,
    kernelFunc({ inputs: given, attrs, backend }) {
      const host = hostOf(backend);
      const { inputs, kernel, labels, logits, dLoss, dLogits } = given as Inputs;
      const { inputGradient } = attrs as unknown as DenseSoftmaxCrossEntropyAttrs;
      const [features, classes] = kernel.shape as [number, number];
      const shapes = [inputGradient ? inputs.shape : [1], kernel.shape, [classes]];
      const { infos, values } = makeOutputs(host, shapes);
      const [dInputs, dKernel, dBias] = values as [Float32Array, Float32Array, Float32Array];
      const total = lossGradient({
        logits: host.floats(logits),
        labels: host.integers(labels),
        dLoss: host.floats(dLoss)[0]!,
      });
      if (dLogits.shape.length > 0) addTo(total, host.floats(dLogits));
      const right = { values: total, columns: classes };
      const left = { values: host.floats(inputs), columns: features };
      coreProduct(core, { left, right, transposeLeft: true }, dKernel);
      if (inputGradient) {
        const weights = { values: host.floats(kernel), columns: classes };
        coreProduct(core, { left: right, right: weights, transposeRight: true }, dInputs);
      }
      sumRows(dBias, total);
      return infos;
    },
  };
}

interface LossOptions {
  readonly logits: Float32Array;
  readonly labels: Int32Array;
  readonly dLoss: number;
}

/** By the logits: `dLoss / batch · (softmax(logits) - oneHot(labels))`. */
function lossGradient({ logits, labels, dLoss }: LossOptions): Float32Array {
  const classes = logits.length / labels.length;
  const rowScale = dLoss / labels.length;
  const result = new Float32Array(logits.length);
  for (let row = 0; row < labels.length; row++) {
    const start = row * classes;
    const largest = logits[largestOfRow(logits, start, classes)]!;
    let sum = 0;
    for (let i = start; i < start + classes; i++) {
      result[i] = Math.exp(logits[i]! - largest);
      sum += result[i]!;
    }
    const scale = rowScale / sum;
    const label = start + labels[row]!;
    for (let i = start; i < start + classes; i++) {
      result[i] = scale * (i === label ? result[i]! - sum : result[i]!);
    }
  }
  return result;
}

function addTo(values: Float32Array, others: Float32Array): void {
  for (let i = 0; i < values.length; i++) values[i]! += others[i]!;
}

function sumRows(sums: Float32Array, values: Float32Array): void {
  const columns = sums.length;
  for (let j = 0; j < columns; j++) {
    let sum = 0;
    for (let i = j; i < values.length; i += columns) sum += values[i]!;
    sums[j] = sum;
  }
}
