import { registerKernel } from '@tensorflow/tfjs-core';
import type { HostOf } from '../host.js';
import { accuracyKernel } from './accuracy-kernel.js';
import { applyAdam } from './apply-adam.js';
import { applyRMSProp } from './apply-rms-prop.js';
import { clipByGlobalNormKernel } from './clip-by-global-norm-kernel.js';
import { denseSoftmaxCrossEntropyGradKernel } from './dense-softmax-cross-entropy-grad-kernel.js';
import { denseSoftmaxCrossEntropyKernel } from './dense-softmax-cross-entropy-kernel.js';
import { updateKernel } from './update-kernel.js';

/** Registers what the rest of a training step is made of, for a backend that keeps numbers in memory. */
export function registerTrainingKernels(backendName: string, hostOf: HostOf): void {
  registerKernel(denseSoftmaxCrossEntropyKernel(backendName, hostOf));
  registerKernel(denseSoftmaxCrossEntropyGradKernel(backendName, hostOf));
  registerKernel(accuracyKernel(backendName, hostOf));
  registerKernel(clipByGlobalNormKernel(backendName, hostOf));
  registerKernel(updateKernel(applyAdam, backendName, hostOf));
  registerKernel(updateKernel(applyRMSProp, backendName, hostOf));
}
