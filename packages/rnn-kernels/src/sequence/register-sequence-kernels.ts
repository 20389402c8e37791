import { type KernelConfig, registerKernel } from '@tensorflow/tfjs-core';
import type { SequenceAttrs } from '@unroll/rnn-cells';
import type { Core } from '../core/core.js';
import type { Threads } from '../core/threads.js';
import type { HostOf } from '../host.js';
import { lookAtAllOf } from '../late-tensor.js';
import { backwardPass } from './backward-pass.js';
import { basicRNNPlan, type CellPlan, gruPlan, lstmPlan, resetAfterGRUPlan } from './cell-plan.js';
import { forwardPass, type SequenceTensors } from './forward-pass.js';
import { KeptPasses } from './kept-passes.js';
import type { Slot } from './slot.js';

export interface Engine {
  readonly core: Core;
  threads: Threads;
}

/** Of all backends: a program may change from one to another between a pass and its gradient. */
const slots = new KeptPasses<Slot>(({ memory }) => memory.letGo());

/** Registers the sequence kernels and their gradients for a backend that keeps numbers in memory. */
export function registerSequenceKernels(
  backendName: string,
  hostOf: HostOf,
  sharedEngine: Engine,
): void {
  for (const plan of [basicRNNPlan, lstmPlan, gruPlan, resetAfterGRUPlan]) {
    registerKernel(forwardKernel(plan, { backendName, hostOf, sharedEngine }));
    registerKernel(backwardKernel(plan, { backendName, hostOf, sharedEngine }));
  }
}

interface KernelContext {
  readonly backendName: string;
  readonly hostOf: HostOf;
  readonly sharedEngine: Engine;
}

function forwardKernel(
  plan: CellPlan,
  { backendName, hostOf, sharedEngine }: KernelContext,
): KernelConfig {
  return {
    kernelName: plan.kernelName,
    backendName,
    kernelFunc({ inputs, attrs, backend }) {
      slots.sweep();
      const sequenceAttrs = attrs as unknown as SequenceAttrs;
      const { tensors, slot } = forwardPass({
        engine: sharedEngine,
        host: hostOf(backend),
        plan,
        inputs: inputs as SequenceTensors,
        attrs: sequenceAttrs,
      });
      if (sequenceAttrs.training) slots.keep(attrs!, slot);
      else slot.memory.letGo();
      return tensors;
    },
    disposeFunc: (backend) => lookAtAllOf(hostOf(backend)),
  };
}

function backwardKernel(
  plan: CellPlan,
  { backendName, hostOf, sharedEngine }: KernelContext,
): KernelConfig {
  return {
    kernelName: `${plan.kernelName}Grad`,
    backendName,
    kernelFunc({ inputs, attrs, backend }) {
      const named = inputs as SequenceTensors;
      const slot = slots.take(attrs!, plan.kernelName);
      try {
        return backwardPass(
          {
            engine: sharedEngine,
            host: hostOf(backend),
            plan,
            inputs: named,
            attrs: attrs as unknown as SequenceAttrs,
          },
          slot,
        );
      } finally {
        slot.memory.letGo();
      }
    },
  };
}
