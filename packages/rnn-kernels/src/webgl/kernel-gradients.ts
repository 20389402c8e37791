import { BatchMatMul, type TensorInfo } from '@tensorflow/tfjs-core';
import type { BackwardContext } from './cell.js';
import { fromBands, joinedInputs } from './walk.js';

export interface KernelGradientsOptions {
  /** Which of a gradient band's quantities. */
  readonly quantities: readonly number[];
  /** The quantity of the states that the state is multiplied by before the kernel, if any. */
  readonly reset?: number;
}

/** `[inputSize + units + 1, quantities * units]`: by the kernel, and in the last row by the bias. One product over all steps. */
export function kernelGradients(
  { pass, shape, tensors, lengths, states, gradients }: BackwardContext,
  { quantities, ...rest }: KernelGradientsOptions,
): TensorInfo {
  const a = joinedInputs(pass, shape, lengths, { inputs: tensors['inputs']!, states, ...rest });
  const b = fromBands(pass, shape, lengths, { bands: gradients, quantities, flat: true });
  return pass.kernel(BatchMatMul, { a, b }, { transposeA: true, transposeB: false });
}
