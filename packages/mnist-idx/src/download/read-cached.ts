import { readFile } from 'node:fs/promises';
import { checked, hasHash } from '../fetching/checked.js';
import type { ReadRequest } from '../mnist-source.js';
import { nodeTools } from '../node/node-tools.js';
import { download, type DownloadOptions } from './download.js';

/** A file from the cache, or downloaded into it, over one that is no longer what it was. */
export async function readCached(
  path: string,
  { spec, verify }: ReadRequest,
  options: Omit<DownloadOptions<never>, 'check' | 'keep'>,
): Promise<Uint8Array> {
  if (!verify || !hasHash(spec)) {
    return download(path, { ...options, check: (part) => readFile(part), keep: false });
  }
  const check = async (part: string) => checked(spec, await readFile(part), nodeTools);
  const kept = await check(path).catch(() => undefined);
  return kept ?? download(path, { ...options, check, keep: true });
}
