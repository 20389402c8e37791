import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { published } from './noisy-mnist.js';
import { hashOf } from './tiny-mnist.js';

/** Everything in a cache, by the files' names and hashes. */
export async function cacheOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const hashes = files.map(async ({ parentPath, name }) => {
    return [name, hashOf(await readFile(join(parentPath, name)))] as const;
  });
  return Object.fromEntries(await Promise.all(hashes));
}

/** The cache as it should be after a download of the noisy data set. */
export const WHOLE_CACHE: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(published).map(([name, bytes]) => [name, hashOf(bytes)]),
);
