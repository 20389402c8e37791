import type { FileSpec } from '../data-set-spec.js';
import { slugOf } from '../fetching/mirrors.js';

/** The place of one file in the browser's Cache API. */
export interface FileCache {
  /** What is there. */
  read(): Promise<Uint8Array | undefined>;
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  remove(): Promise<void>;
}

/** One for all data sets, so that a page can delete it by this name. */
const CACHE_NAME = 'unroll-mnist-idx';

/**
 * Opens the place of a file; undefined where the browser has no Cache API, as on pages that are not
 * from https or localhost, or does not let the page use it.
 */
export async function openCache(dataSet: string, spec: FileSpec): Promise<FileCache | undefined> {
  const cache = await globalThis.caches?.open(CACHE_NAME).catch(() => undefined);
  if (cache === undefined) return undefined;
  // Keys are URLs. This one is nobody's: the file is the same from whatever mirror it came, and
  // another table's file of this name has another hash.
  const hash = spec.sha256 ?? spec.gzipSha256 ?? '';
  const key = `https://mnist-idx.invalid/${slugOf(dataSet)}/${spec.name}?sha256=${hash}`;
  return {
    async read() {
      const response = await cache.match(key);
      return response && new Uint8Array(await response.arrayBuffer());
    },
    async write(bytes) {
      // No room is no reason to fail: the file is here.
      await cache.put(key, new Response(bytes)).catch(() => {});
    },
    async remove() {
      await cache.delete(key);
    },
  };
}
