import type { IdxArray } from '../idx-array.js';
import { isGzip } from '../idx-header.js';
import { readBytes } from '../node/read-bytes.js';
import { readIdxFile } from '../node/read-idx-file.js';
import { FileError, reasonOf } from './file-error.js';
import { isNpy } from './npy-types.js';
import { parseNpy } from './parse-npy.js';

/** What a file holds, and how. */
export interface ArrayFile {
  readonly path: string;
  readonly format: 'IDX' | 'IDX, gzipped' | 'npy';
  /** The length of the file. */
  readonly bytes: number;
  readonly array: IdxArray;
}

/**
 * Reads an IDX file, gzipped or not, or a .npy file: what it is shows in its first bytes.
 *
 * @throws FileError when the file cannot be read, or is a .npy file with an error
 * @throws IdxFormatError when it is anything else but one IDX array
 */
export async function readArray(path: string, signal?: AbortSignal): Promise<ArrayFile> {
  const bytes = await readBytes(path, signal).catch((cause: unknown) => {
    signal?.throwIfAborted();
    throw new FileError(`${path}: expected a readable file, got ${reasonOf(cause)}`, { cause });
  });
  if (isNpy(bytes)) {
    return { path, format: 'npy', bytes: bytes.length, array: parseNpy(bytes, path) };
  }
  const format = isGzip(bytes) ? 'IDX, gzipped' : 'IDX';
  const array = await readIdxFile(bytes, { name: path });
  signal?.throwIfAborted();
  return { path, format, bytes: bytes.length, array };
}
