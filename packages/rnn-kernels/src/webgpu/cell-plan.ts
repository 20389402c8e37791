import type { WalkCode } from './walk-shader.js';

/** Columns that stand side by side in what a matrix is multiplied with: `x[t]`, `h[t-1]`, `r[t] ∘ h[t-1]`. */
export type JoinedPart = 'inputs' | 'resetState' | 'state';

/** One weight matrix of a kind of cell. */
export interface MatrixPlan {
  /** The names that the sequence kernel takes it and its bias by. */
  readonly kernel: string;
  readonly bias: string;
  /** Its columns are as many times `units`. */
  readonly gates: number;
  readonly joined: readonly JoinedPart[];
}

/** How a kind of cell is run. */
export interface CellPlan {
  readonly kernelName: string;
  readonly matrices: readonly MatrixPlan[];
  /** What follows `initial` and `dFinal`. */
  readonly states: readonly ('C' | 'H' | 'State')[];
  /** How many times `units` numbers of each step are kept for the gradient, beside the outputs. */
  readonly kept: number;
  /** Attributes that the forward code reads as uniforms. */
  readonly floats?: readonly string[];
  readonly forward: (attrs: WalkAttrs) => WalkCode;
  readonly backward: (attrs: WalkAttrs) => WalkCode;
}

/** What the code of a walk depends on. */
export interface WalkAttrs {
  /** Of a `BasicRNNCell`. */
  readonly activation?: string;
  /** Forward: whether what the gradient needs is kept. */
  readonly training: boolean;
  /** Backward: which upstream gradients there are. */
  readonly given: (name: string) => boolean;
}

export function readsInputs({ joined }: MatrixPlan): boolean {
  return joined.includes('inputs');
}

export function readsState({ joined }: MatrixPlan): boolean {
  return joined.some((part) => part !== 'inputs');
}
