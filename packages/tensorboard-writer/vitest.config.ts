import { nodeProject } from '@unroll/settings/vitest';

// Some tests start programs, or TensorBoard, which on a busy machine take their time.
export default nodeProject('tensorboard-writer', { testTimeout: 120_000, hookTimeout: 120_000 });
