import type { Handle } from './native-backend.js';
import type { Ops } from './ops.js';

/** One call of a cell: a walk over a whole sequence. */
interface CellCall {
  readonly ops: Ops;
  /** `[time, batch, inputSize]` */
  readonly x: Handle;
  /** By the sequence kernel's names. */
  readonly weights: Readonly<Record<string, Handle>>;
  /** In the order of {@link Cell.states}. */
  readonly initial: readonly Handle[];
  readonly attrs: Readonly<Record<string, unknown>>;
}

/** What a step gives backward. */
export interface StepGradient {
  /** By the states before the step. */
  readonly states: readonly Handle[];
  /** By what the step adds up before its activations: `[batch, n]` each. */
  readonly sums: readonly Handle[];
}

interface WeightCall {
  /** Of the gradient, not of the walk. */
  readonly ops: Ops;
  /** The output state before each step, `[time * batch, units]`. */
  readonly before: Handle;
  /** {@link StepGradient.sums} of all steps: `[time * batch, n]` each. */
  readonly sums: readonly Handle[];
}

/** A walk that is done, with what its gradient needs. */
export interface Walk {
  /** By the cell's states, then by steps: the states after each step. */
  readonly states: readonly (readonly Handle[])[];
  /** Goes a step back. `upstream` is by the states after it. */
  back(ops: Ops, step: number, upstream: readonly Handle[]): StepGradient;
  /** The gradients by the weights, in the order of the gradient kernel's results. */
  weightGradients(call: WeightCall): Handle[];
  /** The gradient by `x`, `[time * batch, inputSize]`. */
  inputGradient(call: WeightCall): Handle;
}

/** How TensorFlow's ops make a kind of cell. */
export interface Cell {
  readonly kernelName: string;
  /** The names that the sequence kernel takes the weights by. */
  readonly weights: readonly string[];
  /** What follows `initial` and `dFinal`; the last one is the output too. */
  readonly states: readonly ('C' | 'H' | 'State')[];
  walk(call: CellCall): Walk;
}

/** `[time * batch, features]` of `[time, batch, features]`. */
export function flat(ops: Ops, steps: Handle): Handle {
  const [time, batch, features] = steps.shape as [number, number, number];
  return ops.reshape(steps, [time * batch, features]);
}
