import { mersenne } from 'pure-rand/generator/mersenne';

/**
 * numpy's legacy generator, `numpy.random.RandomState(seed)`: the Mersenne Twister MT19937 seeded
 * by `init_genrand`, with numpy's way of shuffling, frozen there since 1.17 for reproducibility.
 */
export class RandomState {
  readonly #generator: { next(): number };

  /** @param seed - an integer from 0 to 2^32 - 1 */
  constructor(seed: number) {
    this.#generator = mersenne(seed);
  }

  /** Shuffles in place, into the order that `numpy.random.shuffle` makes. */
  shuffle(values: Uint32Array): void {
    for (let i = values.length - 1; i > 0; i--) {
      const j = this.#upTo(i);
      const value = values[i] as number;
      values[i] = values[j] as number;
      values[j] = value;
    }
  }

  /** An integer from 0 to `max`, by masked rejection: draws bits until they are not above it. */
  #upTo(max: number): number {
    const mask = 2 ** (32 - Math.clz32(max)) - 1;
    for (;;) {
      const value = (this.#generator.next() & mask) >>> 0;
      if (value <= max) return value;
    }
  }
}
