import type { FileSpec } from './data-set-spec.js';
import { isGzip } from './idx-header.js';
import { sha256 } from './sha256.js';

/**
 * Compares a file with the hash that the table has for it: that of its content, or else that of the
 * published gzip file.
 *
 * @param given - the file's bytes, gzipped or not
 * @param content - what they hold, uncompressed
 * @returns what does not fit, in words; undefined where all is well
 */
export async function mismatch(
  spec: FileSpec,
  given: Uint8Array,
  content: Uint8Array,
): Promise<string | undefined> {
  if (spec.sha256 !== undefined) return compare('content', spec.sha256, await sha256(content));
  if (spec.gzipSha256 === undefined) return 'expected one in the table, got none';
  const got = isGzip(given) ? await sha256(given) : 'a file that is not gzipped';
  return compare('.gz file', spec.gzipSha256, got);
}

function compare(what: string, expected: string, got: string): string | undefined {
  if (got === expected.toLowerCase()) return undefined;
  return `of the ${what}: expected ${expected}, got ${got}`;
}
