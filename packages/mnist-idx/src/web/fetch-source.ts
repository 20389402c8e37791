import { platformTools } from '../content-tools.js';
import { checked, hasHash } from '../fetching/checked.js';
import type { FetchProgress } from '../fetching/fetch-progress.js';
import { HttpError } from '../fetching/http-error.js';
import { type Failure, mirrorError } from '../fetching/mirror-error.js';
import { baseUrls, DEFAULT_TIMEOUT, type Mirrors } from '../fetching/mirrors.js';
import { mirrorsOf } from '../fetching/mirrors-of.js';
import { throwIfOwn } from '../fetching/own-error.js';
import { checkTimeout } from '../fetching/patience.js';
import type { MnistSource } from '../mnist-source.js';
import { fetchBytes, type FetchBytesOptions } from './fetch-bytes.js';
import { type FileCache, openCache } from './file-cache.js';

/** Options of {@link fetchSource}. */
export interface FetchSourceOptions {
  /**
   * Base URLs to try in order, absolute or relative to the page, such as `'data/'`. Default: those
   * of the data set that pages of other origins may read.
   */
  readonly mirrors?: Mirrors;
  /** Called when a server answers, and for each piece of a file that comes. */
  readonly onProgress?: (progress: FetchProgress) => void;
  /** Keep files in the browser's Cache API, where it has one. Default: true. */
  readonly cache?: boolean;
  /**
   * How long a server may be silent before the next is tried, in milliseconds; `Infinity`: any time.
   * Default: 30,000.
   */
  readonly timeout?: number;
}

/**
 * Files from web servers, for pages and workers. A file's URL is that of a mirror, the file's name
 * and `.gz`, or the name alone where that is not there. The first mirror that gives a file of the
 * right SHA-256 is taken.
 *
 * Files that the table has a hash for are kept in the Cache API, and checked again when they come
 * out of it: one that is no longer what it was is fetched anew. Pages have that cache only from
 * https or localhost. Files without a hash, or with `verify: false`, are neither checked nor kept.
 *
 * @returns a source whose `read` rejects with a MnistError that says what came of each URL, or with
 *   the signal's reason
 * @throws RangeError when `timeout` is not more than 0
 */
export function fetchSource(options: FetchSourceOptions = {}): MnistSource {
  const { mirrors, onProgress, cache = true, timeout = DEFAULT_TIMEOUT } = options;
  checkTimeout(timeout, 'fetchSource');
  const own = mirrors === undefined ? undefined : baseUrls(mirrors);
  const name = own?.join(', ') ?? 'mirrors';
  return {
    name,
    async read(file, { dataSet, spec, verify, signal }) {
      const sure = verify && hasHash(spec);
      const check = (bytes: Uint8Array) => (sure ? checked(spec, bytes, platformTools) : bytes);
      const place = cache && sure ? await openCache(dataSet.name, spec) : undefined;
      const kept = await readKept(place, check);
      if (kept !== undefined) return kept;

      const failures: Failure[] = [];
      for (const base of own ?? baseUrls(mirrorsOf(dataSet, 'corsMirrors'))) {
        try {
          const bytes = await fetchFile(base, { file, onProgress, signal, timeout });
          const content = await check(bytes);
          await place?.write(bytes);
          return content;
        } catch (error) {
          signal?.throwIfAborted();
          throwIfOwn(error);
          failures.push({ url: base, error });
        }
      }
      throw mirrorError({ source: name, file }, failures);
    },
  };
}

/** A kept file, if it is there and still what it was. */
async function readKept(
  place: FileCache | undefined,
  check: (bytes: Uint8Array) => Promise<Uint8Array> | Uint8Array,
): Promise<Uint8Array | undefined> {
  const bytes = await place?.read();
  if (bytes === undefined) return undefined;
  try {
    return await check(bytes);
  } catch {
    await place?.remove();
    return undefined;
  }
}

async function fetchFile(
  base: string,
  options: FetchBytesOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { file } = options;
  try {
    return await fetchBytes(`${base}${file}.gz`, options);
  } catch (error) {
    if (!(error instanceof HttpError && error.isMissing)) throw error;
    return fetchBytes(`${base}${file}`, options);
  }
}
