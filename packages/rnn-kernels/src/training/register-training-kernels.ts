import { registerKernel } from '@tensorflow/tfjs-core';
import { accuracyKernel } from './accuracy-kernel.js';
import { applyAdam } from './apply-adam.js';
import { applyRMSProp } from './apply-rms-prop.js';
import { clipByGlobalNormKernel } from './clip-by-global-norm-kernel.js';
import { denseSoftmaxCrossEntropyGradKernel } from './dense-softmax-cross-entropy-grad-kernel.js';
import { denseSoftmaxCrossEntropyKernel } from './dense-softmax-cross-entropy-kernel.js';
import type { TrainingContext } from './training-context.js';
import { updateKernel } from './update-kernel.js';

/** Registers what the rest of a training step is made of, for a backend that keeps numbers in memory. */
export function registerTrainingKernels(context: TrainingContext): void {
  registerKernel(denseSoftmaxCrossEntropyKernel(context));
  registerKernel(denseSoftmaxCrossEntropyGradKernel(context));
  registerKernel(accuracyKernel(context));
  registerKernel(clipByGlobalNormKernel(context));
  registerKernel(updateKernel(applyAdam, context));
  registerKernel(updateKernel(applyRMSProp, context));
}
