import {
  engine,
  type GradConfig,
  matMul,
  type Rank,
  reshape,
  slice,
  type Tensor,
  type Tensor2D,
  zeros,
} from '@tensorflow/tfjs-core';
import { BasicRNNSequence, BasicRNNSequenceGrad } from './basic-rnn-sequence.js';
import { checkFirstOrder } from './sequence-kernel.js';

/** How core differentiates {@link BasicRNNSequence} on every backend. */
export const basicRNNSequenceGradient: GradConfig = {
  kernelName: BasicRNNSequence,
  inputsToSave: ['inputs', 'kernel', 'initialState', 'sequenceLength'],
  outputsToSave: [true, false],
  gradFunc: (dys, saved, attrs) => {
    checkFirstOrder(BasicRNNSequence);
    const [dOutputs, dFinalState] = dys as Tensor[];
    const [inputs, kernel, initialState, sequenceLength, outputs] = saved as [
      Tensor,
      Tensor2D,
      Tensor,
      Tensor,
      Tensor,
    ];
    const gradients = engine().runKernel(
      BasicRNNSequenceGrad,
      {
        inputs,
        kernel,
        initialState,
        sequenceLength,
        outputs,
        dOutputs: dOutputs!,
        dFinalState: dFinalState!,
      },
      attrs,
    ) as unknown as [Tensor, Tensor, Tensor, Tensor];
    const [dPreactivations, dKernel, dBias, dInitialState] = gradients;
    return {
      inputs: () => inputGradient(dPreactivations, kernel, inputs),
      kernel: () => dKernel,
      bias: () => dBias,
      initialState: () => dInitialState,
      sequenceLength: () => zeros(sequenceLength.shape),
    };
  },
};

/** `dPreactivations · kernel[:inputSize]ᵀ`. Only asked for below the first layer. */
function inputGradient(dPreactivations: Tensor, kernel: Tensor2D, inputs: Tensor): Tensor {
  const inputSize = inputs.shape[2]!;
  const units = kernel.shape[1];
  const inputRows = slice(kernel, [0, 0], [inputSize, units]);
  const flat = reshape<Rank.R2>(dPreactivations, [-1, units]);
  return reshape(matMul(flat, inputRows, false, true), inputs.shape);
}
