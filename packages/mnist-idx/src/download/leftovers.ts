import { readdir, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { isGone } from './owner.js';
import { PART_SUFFIX } from './part-file.js';

/**
 * How old a temporary file has to be to count as left over where nothing is known of its process,
 * in milliseconds: one hour. A download writes to its own every few seconds, or is given up after
 * its time-out.
 */
const STALE_AFTER = 3_600_000;

/** What downloads of killed processes left of a file, by path, the largest first. */
export async function leftoversOf(target: string): Promise<readonly string[]> {
  const folder = dirname(target);
  const start = `${basename(target)}.`;
  const found: { readonly path: string; readonly size: number }[] = [];
  for (const name of await readdir(folder)) {
    if (!name.startsWith(start) || !name.endsWith(PART_SUFFIX)) continue;
    const path = join(folder, name);
    // It may be gone at any moment: another process tidies up too.
    const { mtimeMs, size } = await stat(path).catch(() => ({ mtimeMs: Infinity, size: 0 }));
    const mark = name.slice(start.length).split('.')[0] ?? '';
    if (isGone(mark) || mtimeMs < Date.now() - STALE_AFTER) found.push({ path, size });
  }
  return found.toSorted((a, b) => b.size - a.size).map(({ path }) => path);
}

/** Removes them; another process may be faster, or may be reading one. */
export async function removeLeftovers(paths: readonly string[]): Promise<void> {
  // Where Windows keeps one that is being read, the next download removes it.
  await Promise.all(paths.map((path) => rm(path, { force: true }).catch(() => {})));
}
