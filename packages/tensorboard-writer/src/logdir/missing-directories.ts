import { existsSync, rmdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/** The directories that `path` needs and that do not exist, deepest first. */
export function missingDirectories(path: string): readonly string[] {
  const absolute = resolve(path);
  const parent = dirname(absolute);
  // The parent of a root (on Windows, of a drive that is not there) is that root.
  if (existsSync(absolute) || parent === absolute) return [];
  return [absolute, ...missingDirectories(parent)];
}

/** Removes directories, given deepest first, up to one that is in use or was never made. */
export function removeEmptyDirectories(paths: readonly string[]): void {
  for (const path of paths) {
    try {
      rmdirSync(path);
    } catch {
      // Not there, or no longer empty.
    }
  }
}
