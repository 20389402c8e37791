import type { IdxArrayOf } from '../idx-array.js';
import { IdxFormatError } from '../idx-format-error.js';
import { parseIdx } from '../parse-idx.js';
import { scaleImages } from '../scale-images.js';
import { nodeTools } from './node-tools.js';
import { expectHash, readContent, type ReadIdxFileOptions } from './read-idx-file.js';

/** Options of {@link readScaledFile}. */
export interface ReadScaledFileOptions extends ReadIdxFileOptions {
  /** Where the floats go, as many as the file has bytes of data. Default: memory of their own. */
  readonly into?: Float32Array;
}

/**
 * Reads an IDX file of uint8 as floats from 0 to 1, every byte times 1/255: `scaleImages` of
 * {@link readIdxFile}.
 *
 * @param file - a path, a `file:` URL, or the file's bytes
 * @throws IdxFormatError as {@link readIdxFile} does, and where the data are not uint8
 * @throws RangeError when `sha256` is not 64 hex digits, or `into` is not as long as the data
 */
export async function readScaledFile(
  file: string | URL | Uint8Array,
  options: ReadScaledFileOptions = {},
): Promise<IdxArrayOf<'float32'>> {
  const { where, content } = await readContent(file, options, 'readScaledFile');
  const { sha256, into } = options;
  const array = parseIdx(content, { name: where });
  if (array.dtype !== 'uint8') {
    throw new IdxFormatError(`${where}: data type: expected uint8, got ${array.dtype}`, 2);
  }
  if (sha256 !== undefined) expectHash(where, sha256, await nodeTools.sha256(content));
  return scaleImages(array, into === undefined ? {} : { into });
}
