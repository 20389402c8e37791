import { nodeProject } from '@unroll/settings/vitest';

// One test runs an example as a reader does, which on a busy machine takes its time.
export default nodeProject('examples', { testTimeout: 60_000 });
