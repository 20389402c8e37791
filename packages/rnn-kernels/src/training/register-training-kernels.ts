import { registerKernel } from '@tensorflow/tfjs-core';
import type { HostOf } from '../host.js';
import { applyAdamKernel } from './apply-adam-kernel.js';

/** Registers what the rest of a training step is made of, for a backend that keeps numbers in memory. */
export function registerTrainingKernels(backendName: string, hostOf: HostOf): void {
  registerKernel(applyAdamKernel(backendName, hostOf));
}
