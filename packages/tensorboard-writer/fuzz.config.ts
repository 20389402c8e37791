import { nodeProject } from '@unroll/settings/vitest';

/** `pnpm fuzz`: the reader on many more broken files than a test run has time for. */
export default nodeProject('tensorboard-writer-fuzz', {
  include: ['test/**/*.fuzz.ts'],
});
