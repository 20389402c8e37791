import { writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { encodeIdx } from '../encode-idx.js';
import type { IdxArray } from '../idx-array.js';
import { encodeNpy } from './encode-npy.js';
import { FileError, reasonOf } from './file-error.js';

/** Options of {@link writeArray}. */
export interface WriteArrayOptions {
  readonly kind: 'idx' | 'npy';
  /** Of an IDX file. */
  readonly gzipped: boolean;
  /** Begins the messages. */
  readonly where: string;
  readonly signal: AbortSignal;
}

/**
 * Writes an array as an IDX or .npy file.
 *
 * @throws FileError when the file cannot be written
 */
export async function writeArray(
  path: string,
  array: IdxArray,
  { kind, gzipped, where, signal }: WriteArrayOptions,
): Promise<void> {
  let bytes = kind === 'npy' ? encodeNpy(array) : encodeIdx(array);
  if (kind === 'idx' && gzipped) bytes = await promisify(gzip)(bytes);
  await writeFile(path, bytes, { signal, flush: true }).catch((cause: unknown) => {
    signal.throwIfAborted();
    throw new FileError(`${where}: expected to be written, got ${reasonOf(cause)}`, { cause });
  });
}
