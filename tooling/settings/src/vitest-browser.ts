import { playwright } from '@vitest/browser-playwright';
import { defineProject, type TestProjectInlineConfiguration } from 'vitest/config';
import { launchOptions } from './chromium.ts';

/** What a package with tensors has its browser tests import. */
export const tensorFlow: readonly string[] = [
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-core/dist/register_all_gradients.js',
  '@tensorflow/tfjs-backend-webgl',
];

/**
 * A vitest project that runs a package's `*.browser.test.ts` in headless Chromium, on its sources.
 *
 * @param name - what the reports call it
 * @param dependencies - what its tests import of other packages
 */
export function browserProject(
  name: string,
  dependencies: readonly string[],
): TestProjectInlineConfiguration {
  return defineProject({
    resolve: { conditions: ['@unroll/source', 'module', 'browser', 'development|production'] },
    // Found while the tests run otherwise, and then the page is loaded anew under them.
    optimizeDeps: {
      include: [...dependencies],
    },
    test: {
      name: `${name} in a browser`,
      include: ['test/**/*.browser.test.ts'],
      setupFiles: ['@unroll/testing/setup'],
      fileParallelism: false,
      testTimeout: 60_000,
      browser: {
        enabled: true,
        headless: true,
        screenshotFailures: false,
        provider: playwright({ launchOptions: launchOptions() }),
        instances: [{ browser: 'chromium' }],
      },
    },
  });
}
