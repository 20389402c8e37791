import {
  add,
  clipByValue,
  concat,
  matMul,
  mul,
  sigmoid,
  split,
  type Tensor1D,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import type { LSTMStateTuple } from './lstm-state-tuple.js';

export interface LSTMParameters {
  /** `[inputSize + outputSize, 4 * units]`, columns in the order i, j, f, o. */
  readonly kernel: Tensor2D;
  /** `[4 * units]`, in the same order. */
  readonly bias: Tensor1D;
  /** Added to f at each step; not part of the bias. */
  readonly forgetBias: number;
  readonly activation: (x: Tensor2D) => Tensor2D;
  /** Diagonals by which the gates see the memory, each `[units]`: f and i the old one, o the new. */
  readonly peepholes?: { readonly i: Tensor1D; readonly f: Tensor1D; readonly o: Tensor1D };
  /** The memory is clipped to `[-cellClip, cellClip]` before anything sees it. */
  readonly cellClip?: number;
  /** `[units, projectionSize]` */
  readonly projection?: Tensor2D;
  /** The projected output is clipped to `[-projectionClip, projectionClip]`. */
  readonly projectionClip?: number;
}

/**
 * One step of the long short-term memory. With `[i, j, f, o] = [x, h] · kernel + bias` (j is the new
 * input):
 *
 * ```text
 * c' = σ(f + forgetBias) ∘ c + σ(i) ∘ act(j)
 * h' = σ(o) ∘ act(c')
 * ```
 *
 * Peepholes add `w_f ∘ c` to f, `w_i ∘ c` to i and `w_o ∘ c'` to o. `cellClip` clips c', `projection`
 * makes `h' = (σ(o) ∘ act(c')) · projection`, and `projectionClip` clips that.
 *
 * @param parameters - kernel, bias, and what else the cell has
 * @param x - the input, `[batch, inputSize]`
 * @param state - c `[batch, units]` and h `[batch, outputSize]` before the step
 * @returns the state after the step, whose h is the output; the caller owns it
 *
 * Source: Hochreiter and Schmidhuber, Long short-term memory, Neural Computation 9, 1997; peepholes and
 * projection: Sak, Senior and Beaufays, Long short-term memory recurrent neural network architectures
 * for large scale acoustic modeling, Interspeech 2014; TensorFlow 1's LSTMCell.
 */
export function lstmStep(
  parameters: LSTMParameters,
  x: Tensor2D,
  { c, h }: LSTMStateTuple,
): LSTMStateTuple {
  const { kernel, bias, forgetBias, activation, peepholes, projection } = parameters;
  return tidy('lstm_cell', () => {
    const [i, j, f, o] = split<Tensor2D>(add(matMul(concat([x, h], 1), kernel), bias), 4, 1) as [
      Tensor2D,
      Tensor2D,
      Tensor2D,
      Tensor2D,
    ];
    const see = (gate: Tensor2D, weight: Tensor1D | undefined, memory: Tensor2D): Tensor2D =>
      weight === undefined ? gate : add(gate, mul(weight, memory));

    const forget = sigmoid(add(see(f, peepholes?.f, c), forgetBias));
    const input = sigmoid(see(i, peepholes?.i, c));
    const memory = clip(add(mul(forget, c), mul(input, activation(j))), parameters.cellClip);

    const output = mul<Tensor2D>(sigmoid(see(o, peepholes?.o, memory)), activation(memory));
    const projected = projection === undefined ? output : matMul<Tensor2D>(output, projection);
    return { c: memory, h: clip(projected, parameters.projectionClip) };
  });
}

function clip(x: Tensor2D, bound: number | undefined): Tensor2D {
  return bound === undefined ? x : clipByValue(x, -bound, bound);
}
