import { createHash } from 'node:crypto';

/** The most that is hashed by one call: 1 GiB. Node refuses 2 GiB and more. */
const MAX_PIECE = 2 ** 30;

/** SHA-256 in hex, of any number of bytes. */
export function sha256Of(bytes: Uint8Array): string {
  const hash = createHash('sha256');
  for (let at = 0; at < bytes.length; at += MAX_PIECE) {
    hash.update(bytes.subarray(at, at + MAX_PIECE));
  }
  return hash.digest('hex');
}
