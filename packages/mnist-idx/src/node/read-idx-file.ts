import { readFile } from 'node:fs/promises';
import { platformTools } from '../content-tools.js';
import type { IdxArray, IdxArrayOf } from '../idx-array.js';
import { IdxFormatError } from '../idx-format-error.js';
import { parseWhole } from '../parse-idx.js';
import { scaleImages } from '../scale-images.js';
import { nodeTools } from './node-tools.js';

/** Options of {@link readIdxFile}. */
export interface ReadIdxFileOptions {
  /** What messages call the file. Default: its path; of bytes `'readIdxFile'`. */
  readonly name?: string;
  /** How many bytes a gzip stream may inflate to. Default: `MAX_INFLATED_BYTES`, 1 GiB. */
  readonly maxBytes?: number;
  /** The SHA-256, in hex, that the content must have, uncompressed. Default: not checked. */
  readonly sha256?: string;
}

/**
 * Reads an IDX file, gzipped or not: `readIdx` by Node's own zlib, which is faster, and with less
 * memory: no more than the file and its content.
 *
 * @param file - a path, a `file:` URL, or the file's bytes, which the result may be a view of
 * @returns an array whose `dtype` tells the type of its `data`
 * @throws IdxFormatError where the content is not one IDX array exactly, the gzip stream is broken,
 *   its content is longer than `maxBytes`, or has another hash; Node's own errors for a file that
 *   cannot be read
 * @throws RangeError when `sha256` is not 64 hex digits
 */
export async function readIdxFile(
  file: string | URL | Uint8Array,
  options: ReadIdxFileOptions = {},
): Promise<IdxArray> {
  const { where, content } = await readContent(file, options);
  const { sha256 } = options;
  if (sha256 !== undefined) expectHash(where, sha256, await nodeTools.sha256(content));
  return parseWhole(content, where, content !== file);
}

/** Options of {@link readScaledFile}. */
export interface ReadScaledFileOptions extends ReadIdxFileOptions {
  /** Where the floats go, as many as the file has bytes of data. Default: memory of their own. */
  readonly into?: Float32Array;
}

/**
 * Reads an IDX file of uint8 as floats from 0 to 1, every byte times 1/255: `scaleImages` of
 * {@link readIdxFile}, with the hash computed by another thread meanwhile.
 *
 * @param file - a path, a `file:` URL, or the file's bytes
 * @throws IdxFormatError as {@link readIdxFile} does, and where the data are not uint8
 * @throws RangeError when `sha256` is not 64 hex digits, or `into` is not as long as the data
 */
export async function readScaledFile(
  file: string | URL | Uint8Array,
  options: ReadScaledFileOptions = {},
): Promise<IdxArrayOf<'float32'>> {
  const { where, content } = await readContent(file, options);
  const { sha256, into } = options;
  const array = parseWhole(content, where, false);
  if (array.dtype !== 'uint8') {
    throw new IdxFormatError(`${where}: data type: expected uint8, got ${array.dtype}`, 2);
  }
  const hash = sha256 === undefined ? undefined : platformTools.sha256(content);
  const scaled = scaleImages(array, into === undefined ? {} : { into });
  if (sha256 !== undefined) expectHash(where, sha256, await hash);
  return scaled;
}

async function readContent(
  file: string | URL | Uint8Array,
  options: ReadIdxFileOptions,
): Promise<{ readonly where: string; readonly content: Uint8Array }> {
  const given = file instanceof Uint8Array;
  const { name: where = given ? 'readIdxFile' : String(file), maxBytes, sha256 } = options;
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/i.test(sha256)) {
    throw new RangeError(`${where}: sha256: expected 64 hex digits, got ${sha256}`);
  }
  const bytes = given ? file : await readFile(file);
  return { where, content: await nodeTools.inflate(bytes, { where, maxBytes }) };
}

function expectHash(where: string, expected: string, got: string | undefined): void {
  if (got === expected.toLowerCase()) return;
  throw new IdxFormatError(`${where}: hash: expected SHA-256 ${expected}, got ${got}`, 0);
}
