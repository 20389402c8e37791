import { nodeProject } from '@unroll/settings/vitest';

// Some tests wait for servers that are silent, or for processes of their own.
export default nodeProject('mnist-idx', { testTimeout: 60_000, hookTimeout: 60_000 });
