import type { Tensor } from '@tensorflow/tfjs-core';
import type { Numbers } from './expect-close.js';

/** The numbers of a tensor, read by the one way that every backend has: webgpu knows no reading at once. */
export async function readNumbers(tensor: Tensor): Promise<Numbers> {
  return { shape: tensor.shape, values: await tensor.data() };
}
