import { nodeProject } from '@unroll/settings/vitest';

const TEN_MINUTES = 600_000;

/** `pnpm fuzz`: the laws of the format on many more inputs than a test run has time for. */
export default nodeProject('mnist-idx-fuzz', {
  include: ['test/**/*.fuzz.ts'],
  testTimeout: TEN_MINUTES,
});
