import { browserProject } from '@unroll/settings/vitest-browser';

export default browserProject('tensorboard-writer', [
  '@unroll/testing > @tensorflow/tfjs-core',
  '@bufbuild/protobuf/wire',
  'crc-32/crc32c.js',
]);
