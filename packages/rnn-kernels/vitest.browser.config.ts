import { browserProject } from '@unroll/settings/vitest-browser';

export default browserProject('rnn-kernels');
