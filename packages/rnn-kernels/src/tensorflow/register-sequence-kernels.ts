import { registerKernel } from '@tensorflow/tfjs-core';
import { KeptPasses } from '../sequence/kept-passes.js';
import { backwardKernel } from './backward-kernel.js';
import { basicRNN } from './basic-rnn.js';
import { forwardKernel, type Pass } from './forward-kernel.js';
import { gru } from './gru.js';
import { lstm } from './lstm.js';
import { resetAfterGRU } from './reset-after-gru.js';

/** Registers the sequence kernels and their gradients. */
export function registerSequenceKernels(): void {
  const passes = new KeptPasses<Pass>(({ ops }) => ops.dispose());
  for (const cell of [basicRNN, lstm, gru, resetAfterGRU]) {
    registerKernel(forwardKernel(cell, passes));
    registerKernel(backwardKernel(cell, passes));
  }
}
