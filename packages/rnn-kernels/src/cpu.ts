import { registerKernel } from '@tensorflow/tfjs-core';
import { basicRNNSequenceGradKernel } from './cpu/basic-rnn-sequence-grad-kernel.js';
import { basicRNNSequenceKernel } from './cpu/basic-rnn-sequence-kernel.js';

registerKernel(basicRNNSequenceKernel);
registerKernel(basicRNNSequenceGradKernel);
