import { spawnSync } from 'node:child_process';
import { describe } from 'vitest';

/** The Python whose packages judge our files: that of the environment variable, or the system's. */
export const python: string = process.env['UNROLL_PYTHON'] ?? 'python3';

/**
 * Defines tests that need Python and some of its modules. Where they are not there the tests are skipped,
 * and say so and why, in the report and on stderr.
 *
 * @param title - what is judged
 * @param modules - what Python has to have, by the names it imports them by
 * @param define - defines the tests, which start {@link python}
 */
export function describeWithPython(
  title: string,
  modules: readonly string[],
  define: () => void,
): void {
  const missing = modules.filter((module) => !hasModule(module));
  const why = `${python} has no ${missing.join(', ')}; UNROLL_PYTHON names another`;
  const skipped = missing.length === 0 ? '' : ` (skipped: ${why})`;
  if (skipped !== '') process.stderr.write(`${title}${skipped}\n`);
  describe.skipIf(skipped !== '')(`${title}${skipped}`, () => {
    define();
  });
}

/** Whether Python has a module. */
export function hasModule(module: string): boolean {
  // Finding is not importing: TensorFlow alone takes seconds to import.
  const script = `import importlib.util, sys; sys.exit(importlib.util.find_spec(${JSON.stringify(module)}) is None)`;
  return spawnSync(python, ['-c', script]).status === 0;
}
