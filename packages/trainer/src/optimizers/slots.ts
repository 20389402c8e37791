import { type Tensor, tidy, type Variable, variable } from '@tensorflow/tfjs-core';
import type { Update } from './apply-updates.js';
import type { NamedVariables } from './optimizer.js';

/**
 * What an optimizer remembers of each variable that it updates: variables of the same shape, by name,
 * made when they are first asked for.
 */
export class Slots<Name extends string> {
  readonly #initial: (weight: Variable) => Readonly<Record<Name, Tensor>>;
  readonly #slots = new Map<string, Readonly<Record<Name, Variable>>>();

  /**
   * @param initial - the slots' first values for a variable; called in `tidy`
   */
  constructor(initial: (weight: Variable) => Readonly<Record<Name, Tensor>>) {
    this.#initial = initial;
  }

  /** Each variable that has a gradient, with its slots. */
  updates(
    variables: NamedVariables,
    gradients: Readonly<Record<string, Tensor>>,
  ): readonly Update<Name>[] {
    return Object.entries(gradients).map(([name, gradient]) => {
      const weight = variables[name]!;
      return { weight, ...this.#of(name, weight), gradient };
    });
  }

  /** Frees all of them. */
  dispose(): void {
    for (const slots of this.#slots.values()) {
      for (const slot of Object.values<Variable>(slots)) slot.dispose();
    }
    this.#slots.clear();
  }

  /** The slots of the variable that goes by `name`. */
  #of(name: string, weight: Variable): Readonly<Record<Name, Variable>> {
    let slots = this.#slots.get(name);
    if (slots === undefined) {
      slots = tidy(() => {
        const values = Object.entries<Tensor>(this.#initial(weight));
        return Object.fromEntries(values.map(([slot, value]) => [slot, variable(value, false)]));
      }) as Readonly<Record<Name, Variable>>;
      this.#slots.set(name, slots);
    }
    return slots;
  }
}
