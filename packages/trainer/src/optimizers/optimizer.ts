import type { Tensor, Variable } from '@tensorflow/tfjs-core';

/** Variables by the names that checkpoints and optimizer slots go by. */
export type NamedVariables = Readonly<Record<string, Variable>>;

/** Updates variables by gradients. One optimizer serves one set of variables. */
export interface Optimizer {
  /**
   * One update of every variable that has a gradient.
   *
   * @param variables - by name
   * @param gradients - by the same names; they stay the caller's
   */
  applyGradients(variables: NamedVariables, gradients: Readonly<Record<string, Tensor>>): void;
  /** Frees the slots. After that it starts anew, as if it had never updated. */
  dispose(): void;
}
