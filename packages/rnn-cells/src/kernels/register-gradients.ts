import { registerGradient } from '@tensorflow/tfjs-core';
import { basicRNNSequenceGradient } from './basic-rnn-sequence-gradient.js';

registerGradient(basicRNNSequenceGradient);
