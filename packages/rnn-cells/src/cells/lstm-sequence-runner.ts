import type { Rank, Tensor2D, Tensor3D, Variable } from '@tensorflow/tfjs-core';
import { LSTMSequence } from '../kernels/lstm-sequence.js';
import { runSequenceKernel } from '../kernels/run-sequence-kernel.js';
import { hasSequenceKernel, type SequenceRunner } from '../kernels/sequence-kernel.js';
import type { LSTMStateTuple } from './lstm-state-tuple.js';

interface PlainLSTM {
  readonly kernel: Variable<Rank.R2>;
  readonly bias: Variable<Rank.R1>;
  readonly forgetBias: number;
}

/** How an LSTM with nothing but kernel, bias and forget bias runs a sequence by the backend's kernel, if it has one. */
export function lstmSequenceRunner({
  kernel,
  bias,
  forgetBias,
}: PlainLSTM): SequenceRunner<LSTMStateTuple> | undefined {
  if (!hasSequenceKernel(LSTMSequence)) return undefined;
  return (inputs, initialState, options) => {
    const [outputs, c, h] = runSequenceKernel({
      kernelName: LSTMSequence,
      inputs,
      parameters: { kernel, bias, initialC: initialState.c, initialH: initialState.h },
      options,
      attrs: { forgetBias },
    }) as [Tensor3D, Tensor2D, Tensor2D];
    return { outputs, finalState: { c, h } };
  };
}
