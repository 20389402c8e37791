import { add, concat, matMul, type Tensor1D, type Tensor2D, tidy } from '@tensorflow/tfjs-core';

export interface BasicRNNParameters {
  /** `[inputSize + units, units]`: the rows of the input above those of the state. */
  readonly kernel: Tensor2D;
  /** `[units]` */
  readonly bias: Tensor1D;
  readonly activation: (x: Tensor2D) => Tensor2D;
}

/**
 * One step of the basic (Elman) recurrent network:
 *
 * `h' = act([x, h] · kernel + bias)`
 *
 * @param parameters - kernel, bias and activation
 * @param x - the input, `[batch, inputSize]`
 * @param h - the state before the step, `[batch, units]`
 * @returns the state after the step, `[batch, units]`, which is the output too; the caller owns it
 *
 * Source: Elman, Finding structure in time, Cognitive Science 14, 1990; TensorFlow 1's BasicRNNCell.
 */
export function basicRNNStep(
  { kernel, bias, activation }: BasicRNNParameters,
  x: Tensor2D,
  h: Tensor2D,
): Tensor2D {
  return tidy('basic_rnn_cell', () => activation(add(matMul(concat([x, h], 1), kernel), bias)));
}
