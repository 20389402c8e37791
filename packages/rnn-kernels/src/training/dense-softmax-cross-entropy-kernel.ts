import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { DenseSoftmaxCrossEntropy } from '@unroll/trainer';
import type { Core } from '../core/core.js';
import type { Host } from '../host.js';
import { numbersOf } from '../numbers-of.js';
import { Region } from '../sequence/region.js';
import type { TrainingContext } from './training-context.js';
import { makeOutputs, settle } from './make-outputs.js';
import { heightOf, narrow, widen, widthOf } from './wide-rows.js';

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
      return denseLoss(core, hostOf(backend), given as Inputs);
    },
  };
}

/** Below every logit, so that what fills a row up adds nothing to its sum of powers. */
export const belowAll = -3e38;

/** Its results are made last, so that memory which is refused leaves nothing of them. */
function denseLoss({ exports, arena, memory }: Core, host: Host, given: Inputs): TensorInfo[] {
  const [rows, features] = given.inputs.shape as [number, number];
  const [classes] = given.bias.shape as [number];
  const [width, height] = [widthOf(classes), heightOf(rows)];
  const region = new Region();
  // The last rows of a block of 4 may lie past the matrix: within the block that is taken, so do theirs.
  const inputsAt = region.add(4 * height * features);
  const kernelAt = region.add(4 * features * width);
  const biasAt = region.add(4 * width);
  const labelsAt = region.add(4 * rows);
  const logitsAt = region.add(4 * height * width);
  const sumsAt = region.add(8 * rows);
  settle(host, [given.inputs, given.kernel, given.bias]);
  const block = region.take(arena);
  try {
    const at = (place: number): number => block.address + place;
    const view = (place: number, length: number): Float32Array =>
      new Float32Array(memory.buffer, at(place), length);
    view(inputsAt, rows * features).set(numbersOf(host, given.inputs));
    widen(numbersOf(host, given.kernel), classes, { to: view(kernelAt, features * width) });
    widen(numbersOf(host, given.bias), classes, { to: view(biasAt, width), filling: belowAll });
    new Int32Array(memory.buffer, at(labelsAt), rows).set(host.integers(given.labels));
    const row = 4 * width;
    const places = [kernelAt, logitsAt].map(at);
    exports.rowProduct(at(inputsAt), 4 * features, 4, ...places, row, height, features);
    exports.softmaxSums(at(logitsAt), at(biasAt), at(labelsAt), at(sumsAt), rows, row);
    const { infos, values } = makeOutputs(host, [[], [rows, classes]]);
    values[0]![0] = meanOfLosses(view(sumsAt, 2 * rows));
    narrow(view(logitsAt, rows * width), classes, values[1]!);
    return infos;
  } finally {
    arena.give(block);
  }
}

/** A double holds products up to here times the sum of as many powers as a row can have. */
const mostProduct = 1e290;

/** From each row's sum of powers, 1 at least, and its label's logit less the largest. */
function meanOfLosses(sums: Float32Array): number {
  let total = 0;
  let product = 1;
  for (let i = 0; i < sums.length; i += 2) {
    // The logarithm of a product is as many sums of logarithms, and quicker.
    product *= sums[i]!;
    total -= sums[i + 1]!;
    if (product > mostProduct) {
      total += Math.log(product);
      product = 1;
    }
  }
  return (2 * (total + Math.log(product))) / sums.length;
}
