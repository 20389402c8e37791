import { registerSequenceKernels } from './tensorflow/register-sequence-kernels.js';

export {};

registerSequenceKernels();
