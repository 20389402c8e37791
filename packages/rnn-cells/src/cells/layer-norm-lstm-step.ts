import {
  add,
  concat,
  matMul,
  moments,
  mul,
  rsqrt,
  sigmoid,
  split,
  sub,
  type Tensor1D,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import type { LSTMStateTuple } from './lstm-state-tuple.js';

/** Scale and offset of a layer normalisation, each `[units]`. */
export interface Norm {
  readonly gamma: Tensor1D;
  readonly beta: Tensor1D;
}

/** The places that are normalised, by TensorFlow 1's names: gates i, j, f, o, and the memory. */
export type NormName = 'forget' | 'input' | 'output' | 'state' | 'transform';

export interface LayerNormLSTMParameters {
  /** `[inputSize + units, 4 * units]`, columns in the order i, j, f, o. */
  readonly kernel: Tensor2D;
  /** `[4 * units]`; there only where nothing is normalised. */
  readonly bias?: Tensor1D;
  readonly norms?: Readonly<Record<NormName, Norm>>;
  readonly forgetBias: number;
  readonly activation: (x: Tensor2D) => Tensor2D;
  /** What the new input `act(j)` is multiplied with: a dropout mask. */
  readonly dropout?: (newInput: Tensor2D) => Tensor2D;
}

/** Added to the variance, as in TensorFlow's contrib. */
const epsilon = 1e-12;

/**
 * One step of the layer-normalised LSTM. With `[i, j, f, o] = [x, h] · kernel` and
 * `LN(z) = gamma ∘ (z - mean(z)) / √(variance(z) + 1e-12) + beta` over the features of each row:
 *
 * ```text
 * c' = LN(c ∘ σ(LN(f) + forgetBias) + σ(LN(i)) ∘ dropout(act(LN(j))))
 * h' = act(c') ∘ σ(LN(o))
 * ```
 *
 * The normalised memory is the one that is kept. Without norms a bias is added instead.
 *
 * @param parameters - kernel, norms or bias, forget bias, activation, dropout
 * @param x - the input, `[batch, inputSize]`
 * @param state - c and h before the step, `[batch, units]`
 * @returns the state after the step, whose h is the output; the caller owns it
 *
 * Source: Ba, Kiros and Hinton, Layer normalization, 2016; recurrent dropout: Semeniuta, Severyn and
 * Barth, 2016; TensorFlow 1's LayerNormBasicLSTMCell.
 */
export function layerNormLSTMStep(
  { kernel, bias, norms, forgetBias, activation, dropout = (z) => z }: LayerNormLSTMParameters,
  x: Tensor2D,
  { c, h }: LSTMStateTuple,
): LSTMStateTuple {
  return tidy('layer_norm_basic_lstm_cell', () => {
    const product = matMul<Tensor2D>(concat([x, h], 1), kernel);
    const gates = bias === undefined ? product : add<Tensor2D>(product, bias);
    const [i, j, f, o] = split<Tensor2D>(gates, 4, 1) as [Tensor2D, Tensor2D, Tensor2D, Tensor2D];
    const norm = (z: Tensor2D, name: NormName) =>
      norms === undefined ? z : layerNorm(z, norms[name]);

    const newInput = dropout(activation(norm(j, 'transform')));
    const forget = sigmoid(add(norm(f, 'forget'), forgetBias));
    const kept = mul<Tensor2D>(c, forget);
    const memory = norm(add(kept, mul(sigmoid(norm(i, 'input')), newInput)), 'state');
    return { c: memory, h: mul<Tensor2D>(activation(memory), sigmoid(norm(o, 'output'))) };
  });
}

function layerNorm(z: Tensor2D, { gamma, beta }: Norm): Tensor2D {
  const { mean, variance } = moments(z, 1, true);
  return add(mul(gamma, mul(sub(z, mean), rsqrt(add(variance, epsilon)))), beta);
}
