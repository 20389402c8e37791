import { join } from 'node:path';
import type { FetchProgress } from '../fetching/fetch-progress.js';
import { baseUrls, DEFAULT_TIMEOUT, type Mirrors, slugOf } from '../fetching/mirrors.js';
import { mirrorsOf } from '../fetching/mirrors-of.js';
import { checkTimeout } from '../fetching/patience.js';
import type { MnistSource } from '../mnist-source.js';
import { nodeTools } from '../node/node-tools.js';
import { ArchiveDownloads, readMember } from './archive.js';
import { cacheFolder } from './cache-folder.js';
import { readCached } from './read-cached.js';

/** Options of {@link downloadSource}. */
export interface DownloadSourceOptions {
  /** Base URLs to try in order. Default: those of the data set. */
  readonly mirrors?: Mirrors;
  /**
   * The cache's folder, by path or `file:` URL. Default: `unroll-mnist-idx` in the platform's
   * folder for caches (`$XDG_CACHE_HOME` or `~/.cache`, `~/Library/Caches`, `%LOCALAPPDATA%`).
   */
  readonly cache?: string | URL;
  /** Called when a server answers, and for each piece of a file that comes. */
  readonly onProgress?: (progress: FetchProgress) => void;
  /**
   * How long a server may be silent before it counts as gone, in milliseconds; `Infinity`: any time.
   * Default: 30,000.
   */
  readonly timeout?: number;
}

/**
 * Files from mirrors, for Node, kept in a cache: a folder for each data set, where the files have
 * their published names.
 *
 * A mirror that fails, is silent for too long or gives another file is left for the next; one that
 * is cut off in the middle is first asked for the rest. A file is checked by its SHA-256 before it
 * appears in the cache, all at once, and again whenever it is read there: one that is no longer
 * what it was is downloaded anew. Any number of processes may do this at the same time. Files
 * without a hash in the table, or with `verify: false`, are not checked, and neither read from the
 * cache nor kept there.
 *
 * Nothing but whole files stays behind, whether it ends well, ill or by the signal. What a killed
 * process leaves is taken up by the next download of the same file, which asks for the rest; at
 * once on the same machine, elsewhere when it is an hour old.
 *
 * @returns a source whose `read` rejects with a MnistError that says what came of each URL, with
 *   the signal's reason, or with the file system's error where the cache cannot be written
 * @throws RangeError when `timeout` is not more than 0
 */
export function downloadSource(options: DownloadSourceOptions = {}): MnistSource {
  const { cache, timeout = DEFAULT_TIMEOUT, onProgress } = options;
  checkTimeout(timeout, 'downloadSource');
  const folder = cacheFolder(cache);
  const source = `cache ${folder}`;
  const archives = new ArchiveDownloads();
  return {
    name: source,
    tools: nodeTools,
    async read(file, request) {
      const { dataSet, signal } = request;
      const { archive } = dataSet;
      const published = archive?.name ?? `${file}.gz`;
      const path = join(folder, slugOf(dataSet.name), published);
      const bases = baseUrls(options.mirrors ?? mirrorsOf(dataSet, 'mirrors'));
      const where = {
        id: { source, file },
        file: archive?.name ?? file,
        urls: bases.map((base) => base + published),
        onProgress,
        signal,
        timeout,
      };
      if (archive === undefined) return readCached(path, request, where);
      return readMember(path, request, () => archives.ensure(path, archive, where));
    },
  };
}
