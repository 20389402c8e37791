import { browserProject, tensorFlow } from '@unroll/settings/vitest-browser';

export default browserProject('rnn-cells', tensorFlow);
