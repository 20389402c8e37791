import '@tensorflow/tfjs-backend-webgl';
import { registerWebGLKernels } from './webgl/register-webgl-kernels.js';

registerWebGLKernels();
