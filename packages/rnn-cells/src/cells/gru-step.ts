import {
  add,
  concat,
  matMul,
  mul,
  sigmoid,
  split,
  sub,
  type Tensor1D,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';

/** A matrix and what is added to its product. */
export interface Affine {
  readonly kernel: Tensor2D;
  readonly bias: Tensor1D;
}

export interface GRUParameters {
  /** Kernel `[inputSize + units, 2 * units]`, columns in the order r, u. */
  readonly gates: Affine;
  /** Kernel `[inputSize + units, units]`. */
  readonly candidate: Affine;
  readonly activation: (x: Tensor2D) => Tensor2D;
}

/**
 * One step of the gated recurrent unit, the reset gate before the product:
 *
 * ```text
 * [r, u] = σ([x, h] · gates.kernel + gates.bias)
 * candidate = act([x, r ∘ h] · candidate.kernel + candidate.bias)
 * h' = u ∘ h + (1 - u) ∘ candidate
 * ```
 *
 * @param parameters - gates, candidate and activation
 * @param x - the input, `[batch, inputSize]`
 * @param h - the state before the step, `[batch, units]`
 * @returns the state after the step, which is the output too; the caller owns it
 *
 * Source: Cho et al., Learning phrase representations using RNN encoder-decoder for statistical machine
 * translation, EMNLP 2014; TensorFlow 1's GRUCell.
 */
export function gruStep(
  { gates, candidate, activation }: GRUParameters,
  x: Tensor2D,
  h: Tensor2D,
): Tensor2D {
  return tidy('gru_cell', () => {
    const [r, u] = gatesOf(gates, x, h);
    const reset = mul<Tensor2D>(r, h);
    return mix(u, h, activation(affine(candidate, concat([x, reset], 1))));
  });
}

export interface ResetAfterGRUParameters {
  /** Kernel `[inputSize + units, 2 * units]`, columns in the order r, u. */
  readonly gates: Affine;
  /** The candidate's product with the input: kernel `[inputSize, units]`. */
  readonly inputProjection: Affine;
  /** The candidate's product with the state: kernel `[units, units]`. */
  readonly hiddenProjection: Affine;
  readonly activation: (x: Tensor2D) => Tensor2D;
}

/**
 * One step of the gated recurrent unit, the reset gate after the product, as cuDNN, PyTorch and Keras
 * from version 2 have it:
 *
 * ```text
 * [r, u] = σ([x, h] · gates.kernel + gates.bias)
 * candidate = act(x · W_x + b_x + r ∘ (h · W_h + b_h))
 * h' = u ∘ h + (1 - u) ∘ candidate
 * ```
 *
 * @param parameters - gates, the candidate's two projections and activation
 * @param x - the input, `[batch, inputSize]`
 * @param h - the state before the step, `[batch, units]`
 * @returns the state after the step, which is the output too; the caller owns it
 *
 * Source: the first version of Cho et al., 2014; TensorFlow 1's CudnnCompatibleGRUCell.
 */
export function resetAfterGRUStep(
  { gates, inputProjection, hiddenProjection, activation }: ResetAfterGRUParameters,
  x: Tensor2D,
  h: Tensor2D,
): Tensor2D {
  return tidy('gru_cell', () => {
    const [r, u] = gatesOf(gates, x, h);
    const reset = mul<Tensor2D>(r, affine(hiddenProjection, h));
    return mix(u, h, activation(add(affine(inputProjection, x), reset)));
  });
}

function gatesOf(gates: Affine, x: Tensor2D, h: Tensor2D): [r: Tensor2D, u: Tensor2D] {
  return split<Tensor2D>(sigmoid(affine(gates, concat([x, h], 1))), 2, 1) as [Tensor2D, Tensor2D];
}

function affine({ kernel, bias }: Affine, x: Tensor2D): Tensor2D {
  return add(matMul(x, kernel), bias);
}

/** `u ∘ h + (1 - u) ∘ candidate` */
function mix(u: Tensor2D, h: Tensor2D, candidate: Tensor2D): Tensor2D {
  return add(mul(u, h), mul(sub(1, u), candidate));
}
