import { kind } from './kind.js';

/**
 * Asserts that a suffix can end the name of a file.
 *
 * @param where - who complains: `openLogdir: filenameSuffix`
 * @throws TypeError if it is no string
 * @throws RangeError if it has a path separator
 */
export function checkFilenameSuffix(where: string, suffix: unknown): void {
  const message = `${where}: expected a string without path separators, got ${kind(suffix)}`;
  if (typeof suffix !== 'string') throw new TypeError(message);
  if (/[/\\\0]/.test(suffix)) throw new RangeError(message);
}
