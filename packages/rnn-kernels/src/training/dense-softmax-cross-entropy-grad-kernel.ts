import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { type DenseSoftmaxCrossEntropyAttrs, DenseSoftmaxCrossEntropyGrad } from '@unroll/trainer';
import type { Core } from '../core/core.js';
import { Region } from '../sequence/region.js';
import { belowAll } from './dense-softmax-cross-entropy-kernel.js';
import { makeOutputs } from './make-outputs.js';
import type { TrainingContext } from './training-context.js';
import { heightOf, narrow, widen, widenTranspose, widthOf } from './wide-rows.js';

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
      const [, classes] = kernel.shape as [number, number];
      const shapes = [inputGradient ? inputs.shape : [1], kernel.shape, [classes]];
      const { infos, values } = makeOutputs(host, shapes);
      const [dInputs, dKernel, dBias] = values as [Float32Array, Float32Array, Float32Array];
      denseGradient(core, {
        inputs: host.floats(inputs),
        kernel: host.floats(kernel),
        labels: host.integers(labels),
        logits: host.floats(logits),
        dLoss: host.floats(dLoss)[0]!,
        dLogits: dLogits.shape.length > 0 ? host.floats(dLogits) : undefined,
        dInputs: inputGradient ? dInputs : undefined,
        dKernel,
        dBias,
      });
      return infos;
    },
  };
}

interface DenseGradientOptions {
  readonly inputs: Float32Array;
  readonly kernel: Float32Array;
  readonly labels: Int32Array;
  readonly logits: Float32Array;
  readonly dLoss: number;
  readonly dLogits: Float32Array | undefined;
  /** These are filled in. */
  readonly dInputs: Float32Array | undefined;
  readonly dKernel: Float32Array;
  readonly dBias: Float32Array;
}

function denseGradient(core: Core, options: DenseGradientOptions): void {
  const { inputs, labels, logits, dLoss, dLogits, dInputs, dKernel, dBias, kernel } = options;
  const { exports, memory } = core;
  const rows = labels.length;
  const [classes, features] = [dBias.length, inputs.length / rows];
  const [width, height] = [widthOf(classes), heightOf(rows)];
  const region = new Region();
  const totalAt = region.add(4 * height * width);
  const labelsAt = region.add(4 * rows);
  const biasAt = region.add(4 * width);
  // The last columns of a block of 4 may lie past the matrix: within the block that is taken, so do theirs.
  const inputsAt = region.add(4 * (inputs.length + 4));
  const dKernelAt = region.add(4 * heightOf(features) * width);
  const kernelAt = region.add(dInputs ? 4 * classes * widthOf(features) : 0);
  const dInputsAt = region.add(dInputs ? 4 * height * widthOf(features) : 0);
  const block = region.take(core.arena);
  try {
    const at = (place: number): number => block.address + place;
    const view = (place: number, length: number): Float32Array =>
      new Float32Array(memory.buffer, at(place), length);
    const row = 4 * width;
    const total = view(totalAt, rows * width);
    widen(logits, classes, { to: total, filling: belowAll });
    new Int32Array(memory.buffer, at(labelsAt), rows).set(labels);
    exports.lossGradient(at(totalAt), at(labelsAt), rows, row, dLoss / rows);
    if (dLogits !== undefined) addToRows(total, dLogits, classes);
    exports.columnSums(at(totalAt), rows, row, at(biasAt));
    dBias.set(view(biasAt, classes));
    view(inputsAt, inputs.length).set(inputs);
    const [from, to] = [at(totalAt), at(dKernelAt)];
    exports.rowProduct(at(inputsAt), 4, 4 * features, from, to, row, heightOf(features), rows);
    narrow(view(dKernelAt, features * width), classes, dKernel);
    if (dInputs === undefined) return;
    const wide = 4 * widthOf(features);
    widenTranspose(kernel, classes, view(kernelAt, (classes * wide) / 4));
    exports.rowProduct(from, row, 4, at(kernelAt), at(dInputsAt), wide, height, classes);
    narrow(view(dInputsAt, (rows * wide) / 4), features, dInputs);
  } finally {
    core.arena.give(block);
  }
}

function addToRows(total: Float32Array, values: Float32Array, columns: number): void {
  const width = widthOf(columns);
  for (let start = 0, at = 0; start < values.length; start += columns, at += width) {
    for (let i = 0; i < columns; i++) total[at + i]! += values[start + i]!;
  }
}
