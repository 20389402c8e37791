import '@tensorflow/tfjs-backend-webgpu';
import { registerSequenceKernels } from './webgpu/register-sequence-kernels.js';

registerSequenceKernels();
