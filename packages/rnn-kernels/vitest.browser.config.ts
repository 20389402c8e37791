import { browserProject, tensorFlow } from '@unroll/settings/vitest-browser';

export default browserProject('rnn-kernels', [
  ...tensorFlow,
  '@tensorflow/tfjs-backend-cpu',
  '@tensorflow/tfjs-backend-webgpu',
]);
