import { nodeProject } from '@unroll/settings/vitest';

const HALF_AN_HOUR = 1_800_000;

/** `pnpm fuzz`: the reader on many more broken files than a test run has time for. */
export default nodeProject('tensorboard-writer-fuzz', {
  include: ['test/**/*.fuzz.ts'],
  testTimeout: HALF_AN_HOUR,
});
