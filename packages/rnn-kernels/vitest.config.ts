import { nodeProject } from '@unroll/settings/vitest';

// Some tests start a Node or a browser of their own, and a browser may have to be installed first.
const limit = 300_000;

export default nodeProject('rnn-kernels', { testTimeout: limit, hookTimeout: limit });
