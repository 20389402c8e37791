import { registerGradient } from '@tensorflow/tfjs-core';
import { BasicRNNSequence } from './basic-rnn-sequence.js';
import { GRUSequence, ResetAfterGRUSequence } from './gru-sequence.js';
import { LSTMSequence } from './lstm-sequence.js';
import { sequenceGradient, type SequenceKernelNames } from './sequence-gradient.js';

const kernels: readonly SequenceKernelNames[] = [
  { kernelName: BasicRNNSequence, weights: ['kernel', 'bias'], states: ['State'] },
  { kernelName: LSTMSequence, weights: ['kernel', 'bias'], states: ['C', 'H'] },
  {
    kernelName: GRUSequence,
    weights: ['gatesKernel', 'gatesBias', 'candidateKernel', 'candidateBias'],
    states: ['State'],
  },
  {
    kernelName: ResetAfterGRUSequence,
    weights: ['gatesKernel', 'gatesBias', 'inputKernel', 'inputBias', 'hiddenKernel', 'hiddenBias'],
    states: ['State'],
  },
];

for (const kernel of kernels) registerGradient(sequenceGradient(kernel));
