import { engine } from '@tensorflow/tfjs-core';

/**
 * What forward passes left for their gradients, by the attributes of their call, which core hands to the
 * gradient as they are. A gradient takes it and frees it; what was never taken, because of an error or
 * because nobody used the outputs, is freed at the first pass after the recording has ended.
 */
export class KeptPasses<Pass> {
  readonly #free: (pass: Pass) => void;
  readonly #kept = new Map<object, { readonly pass: Pass; readonly tape: object }>();

  /** @param free - gives back what a pass keeps */
  constructor(free: (pass: Pass) => void) {
    this.#free = free;
  }

  keep(attrs: object, pass: Pass): void {
    this.#kept.set(attrs, { pass, tape: engine().state.activeTape });
  }

  /**
   * @param kernelName - of the forward kernel
   * @throws Error if the pass has been taken before
   */
  take(attrs: object, kernelName: string): Pass {
    const kept = this.#kept.get(attrs);
    if (kept === undefined) {
      throw new Error(`${kernelName}Grad: expected one gradient of a call, got a second one`);
    }
    this.#kept.delete(attrs);
    return kept.pass;
  }

  sweep(): void {
    const { gradientDepth, activeTape } = engine().state;
    for (const [attrs, { pass, tape }] of this.#kept) {
      if (gradientDepth > 0 && tape === activeTape) continue;
      this.#kept.delete(attrs);
      this.#free(pass);
    }
  }
}
