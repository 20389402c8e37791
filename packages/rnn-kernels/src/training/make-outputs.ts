import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Host } from '../host.js';
import { numbersOf } from '../numbers-of.js';

/** Results that a kernel fills in, in the order of their shapes. */
interface Outputs {
  readonly infos: TensorInfo[];
  readonly values: readonly Float32Array[];
}

/** Makes all results of a kernel before any is looked at: a new one may move the others. */
export function makeOutputs(host: Host, shapes: readonly (readonly number[])[]): Outputs {
  const infos = shapes.map((shape) => host.output(shape).info);
  return { infos, values: infos.map((info) => host.floats(info)) };
}

/**
 * Ends the passes that give a kernel its inputs, before it makes results or views: what a pass throws leaves
 * nothing of those. A look may let the core's memory grow, and numbers that come from another backend this
 * one's, which ends views of a memory that is not shared.
 */
export function settle(host: Host, tensors: readonly TensorInfo[]): void {
  for (const tensor of tensors) numbersOf(host, tensor);
}
