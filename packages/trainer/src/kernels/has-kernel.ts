import { getBackend, getKernel } from '@tensorflow/tfjs-core';

/** Whether the current backend has a kernel. */
export function hasKernel(kernelName: string): boolean {
  return getKernel(kernelName, getBackend()) !== undefined;
}
