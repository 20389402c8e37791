import type { ContentTools } from './content-tools.js';
import type { DataSetSpec, FileSpec } from './data-set-spec.js';
import { kindOf } from './kind-of.js';

/** What `loadMnist` tells a source beside the name of a file. Most sources need none of it. */
export interface ReadRequest {
  readonly dataSet: DataSetSpec;
  /** The file's line in the table. */
  readonly spec: FileSpec;
  /** Whether `loadMnist` will check hashes. A source that checks too leaves it where this is false. */
  readonly verify: boolean;
  /** Aborts when the caller wants no more of it. */
  readonly signal: AbortSignal | undefined;
}

/**
 * Where the files of a data set come from. A folder is one (`folderSource` of
 * `@unroll/mnist-idx/node`), and so are mirrors (`downloadSource` there, `fetchSource` of
 * `@unroll/mnist-idx/web`); anything else that gives bytes by name can be one in three lines.
 */
export interface MnistSource {
  /** What errors call it, such as `folder /data/mnist`. */
  readonly name: string;

  /** How its files are inflated and hashed. Default: as every platform can. */
  readonly tools?: ContentTools;

  /**
   * Reads one file. The four of a data set are asked for at the same time.
   *
   * @param file - its published name, without `.gz`
   * @returns its bytes, gzipped or not; `loadMnist` does not write to them, but what it returns
   *   are views of them where they are not gzipped
   */
  read(file: string, request: ReadRequest): Promise<Uint8Array>;
}

/** A source, or simply the bytes of the files, gzipped or not, by their names. */
export type MnistSourceLike = MnistSource | Readonly<Record<string, Uint8Array>>;

/** The source that a caller gave, or one that hands out the bytes given. */
export function toSource(source: MnistSourceLike): MnistSource {
  if (typeof source !== 'object' || source === null) {
    const expected = 'expected a source, such as folderSource(path), or the bytes of each file';
    throw new TypeError(`loadMnist: source: ${expected}, got ${kindOf(source)}`);
  }
  if (isSource(source)) return source;
  // A missing one is found by whoever asks for it.
  return { name: 'bytes', read: async (file) => source[file] as Uint8Array };
}

function isSource(source: MnistSourceLike): source is MnistSource {
  return typeof source['read'] === 'function';
}
