import { nodeProject } from '@unroll/settings/vitest';

const ONE_MINUTE = 60_000;

/** `pnpm races`: many processes at one cache, round after round; takes some minutes. */
export default nodeProject('mnist-idx-races', {
  include: ['test/**/*.races.ts'],
  testTimeout: ONE_MINUTE,
  hookTimeout: ONE_MINUTE,
});
