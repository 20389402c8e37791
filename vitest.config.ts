import { SummaryReporter } from '@unroll/settings/summary-reporter';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      'packages/*/vitest*.config.ts',
      'apps/*/vitest.config.ts',
      'tooling/*/vitest.config.ts',
      'bench/vitest.config.ts',
      'examples/vitest.config.ts',
    ],
    reporters: ['default', new SummaryReporter()],
  },
});
