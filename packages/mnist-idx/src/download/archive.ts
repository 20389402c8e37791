import type { ArchiveSpec } from '../data-set-spec.js';
import { checked, hasHash } from '../fetching/checked.js';
import type { ReadRequest } from '../mnist-source.js';
import { nodeTools } from '../node/node-tools.js';
import { download, type DownloadOptions } from './download.js';
import { fileHash } from './file-hash.js';
import { readZipMember } from './zip-member.js';

type Where = Omit<DownloadOptions<never>, 'check' | 'keep'>;

/** The four files of a data set are asked for at once, and are in one archive: it comes once. */
export class ArchiveDownloads {
  readonly #running = new Map<string, { signal: AbortSignal | undefined; done: Promise<void> }>();

  /** Sees to it that the cache has the archive, or waits for who is at it under the same signal. */
  async ensure(path: string, archive: ArchiveSpec, where: Where): Promise<void> {
    const { signal } = where;
    const other = this.#running.get(path);
    if (other !== undefined && other.signal === signal) return other.done;
    const done = ensureArchive(path, archive, where).finally(() => {
      if (this.#running.get(path)?.done === done) this.#running.delete(path);
    });
    this.#running.set(path, { signal, done });
    return done;
  }
}

async function ensureArchive(path: string, { sha256 }: ArchiveSpec, where: Where): Promise<void> {
  const check = async (part: string) => {
    const got = await fileHash(part);
    if (got !== sha256) {
      throw new Error(`SHA-256 of the archive: expected ${sha256}, got ${got}`);
    }
  };
  const there = await check(path).then(
    () => true,
    () => false,
  );
  if (!there) await download(path, { ...where, check, keep: true });
}

/** A file of the archive in the cache. `ensure` is called where that has no sound one. */
export async function readMember(
  path: string,
  { dataSet, spec, verify }: ReadRequest,
  ensure: () => Promise<void>,
): Promise<Uint8Array> {
  const member = `${dataSet.archive?.folder ?? ''}${spec.name}.gz`;
  const read = async () => {
    const bytes = await readZipMember(path, member);
    return verify && hasHash(spec) ? checked(spec, bytes, nodeTools) : bytes;
  };
  const kept = await read().catch(() => undefined);
  if (kept !== undefined) return kept;
  await ensure();
  return read();
}
