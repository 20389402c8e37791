import type { TensorInfo } from '@tensorflow/tfjs-core';
import { CoreResult } from './core/core-result.js';
import type { Host } from './host.js';
import { lateResultOf } from './late-tensor.js';

/**
 * The numbers of a float32 tensor, to be read at once: from the core's memory as they stand there, if nobody
 * has looked at them yet, which is not a look.
 */
export function numbersOf(host: Host, tensor: TensorInfo): Float32Array {
  const late = lateResultOf(tensor);
  return late instanceof CoreResult ? late.numbers() : host.floats(tensor);
}
