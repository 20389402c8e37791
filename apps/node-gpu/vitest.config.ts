import { nodeProject } from '@unroll/settings/vitest';

// Most tests run the program as a user does, which on a busy machine takes its time.
export default nodeProject('node-gpu', { testTimeout: 60_000, hookTimeout: 60_000 });
