import type { LateResult } from '../late-tensor.js';
import { sizeOf } from '../size-of.js';
import type { Core } from './core.js';
import type { SharedBlock } from './shared-block.js';

interface CoreResultOptions {
  readonly core: Core;
  readonly memory: SharedBlock;
  readonly shape: readonly number[];
  /** Where its numbers stand, row-major, and behind them as many as fill up 16 bytes. */
  readonly address: number;
  /** Computes them, unless that has been done. */
  readonly settle: () => void;
}

/** Numbers that a pass leaves in the core's memory when it comes to its end. */
export class CoreResult implements LateResult {
  readonly memory: SharedBlock;
  readonly shape: readonly number[];
  readonly address: number;
  readonly settle: () => void;
  readonly #core: Core;

  constructor({ core, memory, shape, address, settle }: CoreResultOptions) {
    this.#core = core;
    this.memory = memory;
    this.shape = shape;
    this.address = address;
    this.settle = settle;
  }

  /** A view of them, good until the core's memory grows or the tensor is gone. */
  numbers(): Float32Array {
    this.settle();
    return new Float32Array(this.#core.memory.buffer, this.address, sizeOf(this.shape));
  }

  fill(values: Float32Array): void {
    values.set(this.numbers());
  }
}
