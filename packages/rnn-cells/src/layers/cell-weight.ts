import type { Tensor, Variable } from '@tensorflow/tfjs-core';
import type { LayerVariable } from '@tensorflow/tfjs-layers';
import { ShapeError } from '../checks/shape-error.js';

/**
 * A cell's variable as one of tf.layers: what models and optimizers use of a `LayerVariable`, which
 * would make a variable of its own.
 */
class CellWeight implements Omit<LayerVariable, 'write'> {
  readonly constraint: LayerVariable['constraint'] = null as never;
  /** The name in saved models. */
  readonly originalName: string;
  readonly #variable: Variable;

  constructor(variable: Variable, originalName: string) {
    this.#variable = variable;
    this.originalName = originalName;
  }

  get dtype(): Variable['dtype'] {
    return this.#variable.dtype;
  }

  get shape(): number[] {
    return this.#variable.shape;
  }

  get id(): number {
    return this.#variable.id;
  }

  get name(): string {
    return this.#variable.name;
  }

  get trainable(): boolean {
    return this.#variable.trainable;
  }

  set trainable(trainable: boolean) {
    this.#variable.trainable = trainable;
  }

  /** The variable itself, which optimizers update. */
  read(): Variable {
    return this.#variable;
  }

  /** Gives it another value, which stays the caller's. */
  write(value: Tensor): this {
    const { shape } = this.#variable;
    if (value.shape.join() !== shape.join()) {
      throw new ShapeError(
        `rnnLayer: ${this.originalName}: expected shape [${shape.join(', ')}], got [${value.shape.join(', ')}]`,
      );
    }
    if (value.id !== this.#variable.id) this.#variable.assign(value);
    return this;
  }

  /** Harmless when done twice. */
  dispose(): void {
    if (!this.#variable.isDisposed) this.#variable.dispose();
  }
}

/** The variables of a cell, as tf.layers takes them. */
export function layerVariable(variable: Variable, originalName: string): LayerVariable {
  return new CellWeight(variable, originalName) as unknown as LayerVariable;
}
