import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Host } from '../host.js';

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

/** Looks at what a kernel is given before it makes results: what a pass has thrown leaves nothing of them. */
export function lookAt(host: Host, tensors: readonly TensorInfo[]): void {
  for (const tensor of tensors) host.floats(tensor);
}
