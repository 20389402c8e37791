import { kind } from '../../checks/kind.js';

/**
 * Asserts that a path is a string that is not empty.
 *
 * @param where - who complains: `readEvents: path`
 * @throws TypeError if it is no string
 * @throws RangeError if it is empty
 */
export function checkPath(where: string, path: unknown): void {
  const message = `${where}: expected a path, got ${kind(path)}`;
  if (typeof path !== 'string') throw new TypeError(message);
  if (path === '') throw new RangeError(message);
}
