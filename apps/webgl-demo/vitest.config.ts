import { nodeProject } from '@unroll/settings/vitest';

// A step takes 0.1 to 0.3 s in software, and a browser may have to be installed first.
const limit = 300_000;

export default nodeProject('webgl-demo', { testTimeout: limit, hookTimeout: limit });
