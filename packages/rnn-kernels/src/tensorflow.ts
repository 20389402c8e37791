import { findBackend } from '@tensorflow/tfjs-core';
import { registerSequenceKernels } from './tensorflow/register-sequence-kernels.js';
import { registerTrainingKernels } from './tensorflow/register-training-kernels.js';

// Another's backend of this name keeps what it has: its steps are composed.
const backend: object | null = findBackend('tensorflow');
if (backend === null || 'binding' in backend) {
  registerSequenceKernels();
  registerTrainingKernels();
}
