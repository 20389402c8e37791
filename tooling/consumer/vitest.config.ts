import { nodeProject } from '@unroll/settings/vitest';

export default nodeProject('consumer', { testTimeout: 180_000, hookTimeout: 180_000 });
