import { nodeProject } from '@unroll/settings/vitest';

export default nodeProject('bench', { setupFiles: [] });
