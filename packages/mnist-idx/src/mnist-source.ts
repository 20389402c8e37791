import { kindOf } from './kind-of.js';
import type { MnistFile, PerMnistFile } from './mnist-files.js';

/**
 * Where the four files come from. A folder is one (`folderSource` of `@unroll/mnist-idx/node`);
 * anything else that gives bytes by name can be one in three lines.
 */
export interface MnistSource {
  /** What errors call it, such as `folder /data/mnist`. */
  readonly name: string;

  /**
   * Reads one file. The four are asked for at the same time.
   *
   * @returns its bytes, gzipped or not; `loadMnist` does not write to them, but what it returns
   *   are views of them where they are not gzipped
   */
  read(file: MnistFile): Promise<Uint8Array>;
}

/** A source, or simply the bytes of the four files, gzipped or not. */
export type MnistSourceLike = MnistSource | PerMnistFile<Uint8Array>;

/** The source that a caller gave, or one that hands out the bytes given. */
export function toSource(source: MnistSourceLike): MnistSource {
  if (typeof source !== 'object' || source === null) {
    const expected = 'expected a source or the bytes of each file';
    const hint = 'folderSource of @unroll/mnist-idx/node makes one of a path';
    throw new TypeError(`loadMnist: source: ${expected}, got ${kindOf(source)}; ${hint}`);
  }
  if (isSource(source)) return source;
  return { name: 'bytes', read: async (file) => source[file] };
}

function isSource(source: MnistSourceLike): source is MnistSource {
  return 'read' in source;
}
