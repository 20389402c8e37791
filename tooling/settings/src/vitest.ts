import { defineProject, type TestProjectInlineConfiguration } from 'vitest/config';

/**
 * A vitest project that runs a package's tests in Node, on its sources.
 *
 * @param name - what the reports call it
 * @param test - what differs in one package
 */
export function nodeProject(
  name: string,
  test: TestProjectInlineConfiguration['test'] = {},
): TestProjectInlineConfiguration {
  const conditions = ['@unroll/source', 'node', 'import', 'default'];
  return defineProject({
    resolve: { conditions },
    ssr: { resolve: { conditions, externalConditions: conditions } },
    test: {
      name,
      include: ['test/**/*.test.ts'],
      exclude: ['test/**/*.browser.test.ts'],
      setupFiles: ['@unroll/testing/setup'],
      ...test,
    },
  });
}
