import type { FileSpec } from '../data-set-spec.js';
import { mismatch } from '../mismatch.js';

/** Whether the table has a hash that the file can be checked by. */
export function hasHash({ sha256, gzipSha256 }: FileSpec): boolean {
  return (sha256 ?? gzipSha256) !== undefined;
}

/**
 * Checks a file by its hash in the table.
 *
 * @param inflate - takes gzip or not, and gives what is inside
 * @returns what to hand out: the content where that was checked (so that nobody inflates it again),
 *   else the file itself
 * @throws Error where the hash is another, and as `inflate` does
 */
export async function checked(
  spec: FileSpec,
  given: Uint8Array,
  inflate: (bytes: Uint8Array) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const bytes = spec.sha256 === undefined ? given : await inflate(given);
  const what = await mismatch(spec, { given, bytes });
  if (what === undefined) return bytes;
  throw new Error(`SHA-256 ${what}`);
}
