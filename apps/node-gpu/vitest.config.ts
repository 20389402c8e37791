import { nodeProject } from '@unroll/settings/vitest';

export default nodeProject('node-gpu');
