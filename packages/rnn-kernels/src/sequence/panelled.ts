import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { SequenceAttrs } from '@unroll/rnn-cells';
import type { SharedBlock } from '../core/shared-block.js';
import { runPass } from '../core/threads.js';
import { type LateResult, lateResultOf } from '../late-tensor.js';
import { setPart } from './part-layout.js';
import type { Engine } from './register-sequence-kernels.js';
import type { Slot } from './slot.js';

interface PanelledOptions {
  readonly engine: Engine;
  readonly what: 'inputGradient' | 'outputs';
  readonly slot: Slot;
  readonly memory: SharedBlock;
  readonly shape: readonly number[];
  readonly attrs: SequenceAttrs;
  /** Of a gradient: where each thread's panels stand. */
  readonly places: readonly number[];
  /** Waits until they hold it. */
  readonly settle: () => void;
}

/** Numbers of assembly/index.as. */
const unpacking = { outputs: 8, inputGradient: 9 } as const;

/**
 * A pass's result over time as the core has left it: in panels, in the order in which steps are walked. It
 * is unpacked when somebody looks at its numbers. A layer above does not: it takes the panels, and gives
 * the gradient by them back in the same way.
 */
export class Panelled implements LateResult {
  readonly #engine: Engine;
  readonly #options: PanelledOptions;

  constructor(options: PanelledOptions) {
    this.#engine = options.engine;
    this.#options = options;
  }

  get shape(): readonly number[] {
    return this.#options.shape;
  }

  get memory(): SharedBlock {
    return this.#options.memory;
  }

  get slot(): Slot {
    return this.#options.slot;
  }

  get places(): readonly number[] {
    return this.#options.places;
  }

  settle(): void {
    this.#options.settle();
  }

  fill(values: Float32Array): void {
    const { slot, what } = this.#options;
    this.settle();
    const { core, threads } = this.#engine;
    const block = core.arena.take(4 * values.length);
    const { address } = block;
    try {
      for (const part of slot.parts) {
        setPart(core, part, what === 'outputs' ? { outputs: address } : { dInputs: address });
      }
      runPass(threads, unpacking[what], slot.parts);
      values.set(new Float32Array(core.memory.buffer, address, values.length));
    } finally {
      core.arena.give(block);
    }
  }

  /** Whether a pass can take the panels as they are for a tensor of a shape. */
  fits(shape: readonly number[], { what, attrs, parts }: FindOptions): boolean {
    const own = this.#options;
    return (
      own.what === what &&
      inOrder(own.attrs) &&
      inOrder(attrs) &&
      own.attrs.timeMajor === attrs.timeMajor &&
      own.slot.parts.length === parts &&
      own.shape.join() === shape.join()
    );
  }
}

/** Whether panels hold the batch's rows and steps as they come: neither sorted by length nor from their ends. */
function inOrder({ padded, reverse }: SequenceAttrs): boolean {
  return !padded && !reverse;
}

interface FindOptions {
  readonly what: 'inputGradient' | 'outputs';
  readonly attrs: SequenceAttrs;
  /** As many as the pass has that would take them. */
  readonly parts: number;
}

/** The panels that a tensor's numbers stand in, if a pass can take them as they are. */
export function findPanelled(tensor: TensorInfo, options: FindOptions): Panelled | undefined {
  const result = lateResultOf(tensor);
  // A clone may have another shape.
  return result instanceof Panelled && result.fits(tensor.shape, options) ? result : undefined;
}
