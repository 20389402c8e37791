import type { IdxArray } from '../idx-array.js';
import { IdxFormatError } from '../idx-format-error.js';
import { nodeTools } from './node-tools.js';
import { parseInNode } from './parse-in-node.js';
import { readBytes } from './read-bytes.js';

/** Options of {@link readIdxFile}. */
export interface ReadIdxFileOptions {
  /** What messages call the file. Default: its path; of bytes the function's name. */
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
  const { where, content } = await readContent(file, options, 'readIdxFile');
  const { sha256 } = options;
  if (sha256 !== undefined) expectHash(where, sha256, await nodeTools.sha256(content));
  return parseInNode(content, where, content !== file);
}

/** The uncompressed bytes of a file. `where` begins the messages: of bytes, the caller's name. */
export async function readContent(
  file: string | URL | Uint8Array,
  options: ReadIdxFileOptions,
  caller: string,
): Promise<{ readonly where: string; readonly content: Uint8Array }> {
  const given = file instanceof Uint8Array;
  const { name: where = given ? caller : String(file), maxBytes, sha256 } = options;
  if (sha256 !== undefined && !/^[0-9a-f]{64}$/i.test(sha256)) {
    throw new RangeError(`${where}: sha256: expected 64 hex digits, got ${sha256}`);
  }
  const bytes = given ? file : await readBytes(file);
  return { where, content: await nodeTools.inflate(bytes, { where, maxBytes }) };
}

/** Refuses a content that has another hash. */
export function expectHash(where: string, expected: string, got: string): void {
  if (got === expected.toLowerCase()) return;
  throw new IdxFormatError(`${where}: hash: expected SHA-256 ${expected}, got ${got}`, 0);
}
