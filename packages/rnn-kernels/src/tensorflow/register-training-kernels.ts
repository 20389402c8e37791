import { registerKernel } from '@tensorflow/tfjs-core';
import { accuracy } from './accuracy.js';
import { applyAdam, applyRMSProp } from './apply-updates.js';
import {
  denseSoftmaxCrossEntropy,
  denseSoftmaxCrossEntropyGrad,
} from './dense-softmax-cross-entropy.js';

/** Registers what the rest of a training step is made of. */
export function registerTrainingKernels(): void {
  registerKernel(denseSoftmaxCrossEntropy);
  registerKernel(denseSoftmaxCrossEntropyGrad);
  registerKernel(accuracy);
  registerKernel(applyAdam);
  registerKernel(applyRMSProp);
}
