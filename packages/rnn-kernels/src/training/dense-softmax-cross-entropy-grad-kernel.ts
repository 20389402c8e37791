import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { type DenseSoftmaxCrossEntropyAttrs, DenseSoftmaxCrossEntropyGrad } from '@unroll/trainer';
import type { Core } from '../core/core.js';
import type { Host } from '../host.js';
import { numbersOf } from '../numbers-of.js';
import { Region } from '../sequence/region.js';
import { belowAll } from './dense-softmax-cross-entropy-kernel.js';
import { makeOutputs, settle } from './make-outputs.js';
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
    kernelFunc({ inputs, attrs, backend }) {
      const { inputGradient } = attrs as unknown as DenseSoftmaxCrossEntropyAttrs;
      const host = hostOf(backend);
      return denseGradient(core, host, { given: inputs as Inputs, inputGradient });
    },
  };
}

/** Its results are made last, so that memory which is refused leaves nothing of them. */
function denseGradient(
  { exports, arena, memory }: Core,
  host: Host,
  { given, inputGradient }: { readonly given: Inputs; readonly inputGradient: boolean },
): TensorInfo[] {
  const { inputs, kernel, labels, logits, dLoss, dLogits } = given;
  const [rows, features] = inputs.shape as [number, number];
  const [, classes] = kernel.shape as [number, number];
  const [width, height, wide] = [widthOf(classes), heightOf(rows), widthOf(features)];
  const region = new Region();
  const totalAt = region.add(4 * height * width);
  const labelsAt = region.add(4 * rows);
  const biasAt = region.add(4 * width);
  // The last columns of a block of 4 may lie past the matrix: within the block that is taken, so do theirs.
  const inputsAt = region.add(4 * (rows * features + 4));
  const dKernelAt = region.add(4 * heightOf(features) * width);
  const kernelAt = region.add(inputGradient ? 4 * classes * wide : 0);
  const dInputsAt = region.add(inputGradient ? 4 * height * wide : 0);
  settle(host, [inputs, kernel, logits, dLogits, dLoss]);
  const block = region.take(arena);
  try {
    const at = (place: number): number => block.address + place;
    const view = (place: number, length: number): Float32Array =>
      new Float32Array(memory.buffer, at(place), length);
    const row = 4 * width;
    const total = view(totalAt, rows * width);
    widen(numbersOf(host, logits), classes, { to: total, filling: belowAll });
    new Int32Array(memory.buffer, at(labelsAt), rows).set(host.integers(labels));
    exports.lossGradient(at(totalAt), at(labelsAt), rows, row, numbersOf(host, dLoss)[0]! / rows);
    if (dLogits.shape.length > 0) addToRows(total, numbersOf(host, dLogits), classes);
    exports.columnSums(at(totalAt), rows, row, at(biasAt));
    view(inputsAt, rows * features).set(numbersOf(host, inputs));
    const [from, to] = [at(totalAt), at(dKernelAt)];
    exports.rowProduct(at(inputsAt), 4, 4 * features, from, to, row, heightOf(features), rows);
    if (inputGradient) {
      widenTranspose(numbersOf(host, kernel), classes, view(kernelAt, classes * wide));
      exports.rowProduct(from, row, 4, at(kernelAt), at(dInputsAt), 4 * wide, height, classes);
    }
    const shapes = [inputGradient ? inputs.shape : [1], kernel.shape, [classes]];
    const { infos, values } = makeOutputs(host, shapes);
    if (inputGradient) narrow(view(dInputsAt, rows * wide), features, values[0]!);
    narrow(view(dKernelAt, features * width), classes, values[1]!);
    values[2]!.set(view(biasAt, classes));
    return infos;
  } finally {
    arena.give(block);
  }
}

function addToRows(total: Float32Array, values: Float32Array, columns: number): void {
  const width = widthOf(columns);
  for (let start = 0, at = 0; start < values.length; start += columns, at += width) {
    for (let i = 0; i < columns; i++) total[at + i]! += values[start + i]!;
  }
}
