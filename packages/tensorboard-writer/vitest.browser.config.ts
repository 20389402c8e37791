import { browserProject, tensorFlow } from '@unroll/settings/vitest-browser';

export default browserProject('tensorboard-writer', [
  ...tensorFlow,
  '@bufbuild/protobuf/wire',
  '@tensorflow/tfjs-backend-webgpu',
  'crc-32/crc32c.js',
  'fast-png',
]);
