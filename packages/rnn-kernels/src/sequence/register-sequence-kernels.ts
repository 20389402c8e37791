import { engine, type KernelConfig, registerKernel } from '@tensorflow/tfjs-core';
import type { SequenceAttrs } from '@unroll/rnn-cells';
import type { Core } from '../core/core.js';
import type { Threads } from '../core/threads.js';
import type { HostOf } from '../host.js';
import { backwardPass } from './backward-pass.js';
import { basicRNNPlan, type CellPlan, gruPlan, lstmPlan, resetAfterGRUPlan } from './cell-plan.js';
import { forwardPass, type SequenceTensors } from './forward-pass.js';
import type { Slot } from './part-layout.js';

export interface Engine {
  readonly core: Core;
  threads: Threads;
}

/** Registers the sequence kernels and their gradients for a backend that keeps numbers in memory. */
export function registerSequenceKernels(
  backendName: string,
  hostOf: HostOf,
  sharedEngine: Engine,
): void {
  const slots = new SlotBook(sharedEngine.core);
  for (const plan of [basicRNNPlan, lstmPlan, gruPlan, resetAfterGRUPlan]) {
    registerKernel(forwardKernel(plan, { backendName, hostOf, sharedEngine, slots }));
    registerKernel(backwardKernel(plan, { backendName, hostOf, sharedEngine, slots }));
  }
}

interface KernelContext {
  readonly backendName: string;
  readonly hostOf: HostOf;
  readonly sharedEngine: Engine;
  readonly slots: SlotBook;
}

/**
 * What forward passes left for their gradients, by the attributes of their call, which core hands to the
 * gradient as they are. A gradient takes it and gives the memory back; what was never taken, because of
 * an error or because nobody used the outputs, goes back at the first pass after the recording has ended.
 */
class SlotBook {
  readonly #core: Core;
  readonly #kept = new Map<object, { readonly slot: Slot; readonly tape: object }>();

  constructor(core: Core) {
    this.#core = core;
  }

  keep(attrs: object, slot: Slot): void {
    this.#kept.set(attrs, { slot, tape: engine().state.activeTape });
  }

  take(attrs: object): Slot | undefined {
    const slot = this.#kept.get(attrs)?.slot;
    this.#kept.delete(attrs);
    return slot;
  }

  release({ block }: Slot): void {
    this.#core.arena.give(block);
  }

  sweep(): void {
    const { gradientDepth, activeTape } = engine().state;
    for (const [attrs, { slot, tape }] of this.#kept) {
      if (gradientDepth > 0 && tape === activeTape) continue;
      this.#kept.delete(attrs);
      this.release(slot);
    }
  }
}

function forwardKernel(plan: CellPlan, context: KernelContext): KernelConfig {
  const { backendName, hostOf, sharedEngine, slots } = context;
  return {
    kernelName: plan.kernelName,
    backendName,
    kernelFunc({ inputs, attrs, backend }) {
      slots.sweep();
      const sequenceAttrs = attrs as unknown as SequenceAttrs;
      const { tensors, slot } = forwardPass({
        ...sharedEngine,
        host: hostOf(backend),
        plan,
        inputs: inputs as SequenceTensors,
        attrs: sequenceAttrs,
      });
      if (sequenceAttrs.training) slots.keep(attrs!, slot);
      else slots.release(slot);
      return tensors;
    },
  };
}

function backwardKernel(plan: CellPlan, context: KernelContext): KernelConfig {
  const { backendName, hostOf, sharedEngine, slots } = context;
  return {
    kernelName: `${plan.kernelName}Grad`,
    backendName,
    kernelFunc({ inputs, attrs, backend }) {
      const named = inputs as SequenceTensors;
      const slot = slots.take(attrs!);
      if (slot === undefined) {
        throw new Error(
          `${plan.kernelName}Grad: expected one gradient of a call, got a second one`,
        );
      }
      try {
        return backwardPass(
          {
            ...sharedEngine,
            host: hostOf(backend),
            plan,
            inputs: named,
            attrs: attrs as unknown as SequenceAttrs,
          },
          slot,
        );
      } finally {
        slots.release(slot);
      }
    },
  };
}
