import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';

/**
 * The folder that a caller gave, or the platform's own for caches: `$XDG_CACHE_HOME` or `~/.cache`,
 * `~/Library/Caches`, `%LOCALAPPDATA%`; there `unroll-mnist-idx`.
 */
export function cacheFolder(given: string | URL | undefined): string {
  if (given === undefined) return envPaths('unroll-mnist-idx', { suffix: '' }).cache;
  return resolve(given instanceof URL ? fileURLToPath(given) : given);
}
