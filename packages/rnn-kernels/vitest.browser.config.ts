import { browserProject } from '@unroll/settings/vitest-browser';

export default browserProject('rnn-kernels', [
  '@tensorflow/tfjs-backend-cpu',
  '@tensorflow/tfjs-backend-webgl',
  '@tensorflow/tfjs-backend-webgpu',
]);
