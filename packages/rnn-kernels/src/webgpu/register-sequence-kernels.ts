import { type KernelConfig, type NamedTensorInfoMap, registerKernel } from '@tensorflow/tfjs-core';
import { backwardPass } from './backward-pass.js';
import { basicRNNPlan } from './basic-rnn-plan.js';
import type { CellPlan } from './cell-plan.js';
import { forwardPass } from './forward-pass.js';
import { gruPlan } from './gru-plan.js';
import { lstmPlan } from './lstm-plan.js';
import { resetAfterGRUPlan } from './reset-after-gru-plan.js';
import type { SequenceCall } from './sequence-call.js';
import { withWork } from './work.js';

/** Registers the sequence kernels and their gradients for the webgpu backend, if there ever is one. */
export function registerSequenceKernels(): void {
  for (const plan of [basicRNNPlan, lstmPlan, gruPlan, resetAfterGRUPlan]) {
    registerKernel(kernel(plan.kernelName, plan, forwardPass));
    registerKernel(kernel(`${plan.kernelName}Grad`, plan, backwardPass));
  }
}

function kernel(kernelName: string, plan: CellPlan, pass: typeof forwardPass): KernelConfig {
  return {
    kernelName,
    backendName: 'webgpu',
    kernelFunc: ({ inputs, attrs, backend }) =>
      withWork(backend, (work) =>
        pass({
          work,
          plan,
          inputs: inputs as NamedTensorInfoMap & SequenceCall['inputs'],
          attrs: attrs as unknown as SequenceCall['attrs'],
        }),
      ),
  };
}
