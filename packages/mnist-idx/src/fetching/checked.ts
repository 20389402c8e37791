import type { ContentTools } from '../content-tools.js';
import type { FileSpec } from '../data-set-spec.js';
import { mismatch } from '../mismatch.js';

/** Whether the table has a hash that the file can be checked by. */
export function hasHash({ sha256, gzipSha256 }: FileSpec): boolean {
  return (sha256 ?? gzipSha256) !== undefined;
}

/**
 * Checks a file by its hash in the table.
 *
 * @returns what to hand out: the content where that was checked (so that nobody inflates it again),
 *   else the file itself
 * @throws IdxFormatError where it cannot be inflated
 * @throws Error where the hash is another
 */
export async function checked(
  spec: FileSpec,
  given: Uint8Array,
  tools: ContentTools,
): Promise<Uint8Array> {
  const known = spec.sha256 !== undefined;
  const bytes = known ? await tools.inflate(given, { where: 'content' }) : given;
  const what = await mismatch(spec, { given, bytes, tools });
  if (what === undefined) return bytes;
  throw new Error(`SHA-256 ${what}`);
}
