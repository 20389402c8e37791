import { type ContentTools, platformTools } from './content-tools.js';
import type { FileSpec } from './data-set-spec.js';
import { isGzip } from './idx-header.js';

/** A file as it is, and what is in it. */
export interface FileBytes {
  /** Gzipped or not. */
  readonly given: Uint8Array;
  /** What it holds, uncompressed. */
  readonly bytes: Uint8Array;
  readonly tools?: ContentTools;
}

/**
 * Compares a file with the hash that the table has for it: that of its content, or else that of the
 * published gzip file.
 *
 * @returns what does not fit, in words; undefined where all is well
 */
export async function mismatch(
  spec: FileSpec,
  { given, bytes, tools: { sha256 } = platformTools }: FileBytes,
): Promise<string | undefined> {
  if (spec.sha256 !== undefined) return compare('content', spec.sha256, await sha256(bytes));
  if (spec.gzipSha256 === undefined) return 'expected one in the table, got none';
  const got = isGzip(given) ? await sha256(given) : 'a file that is not gzipped';
  return compare('.gz file', spec.gzipSha256, got);
}

function compare(what: string, expected: string, got: string): string | undefined {
  if (got === expected.toLowerCase()) return undefined;
  return `of the ${what}: expected ${expected}, got ${got}`;
}
