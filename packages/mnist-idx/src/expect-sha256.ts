import type { MnistContent } from './mnist-content.js';
import { MnistError } from './mnist-error.js';

/** Compares what a file holds, uncompressed, with the hash that it should have. */
export async function expectSha256(content: MnistContent, expected: string): Promise<void> {
  const { id, bytes } = content;
  const got = await sha256(bytes);
  if (got === expected.toLowerCase()) return;
  throw new MnistError(
    id,
    `SHA-256 of the content: expected ${expected}, got ${got}; ` +
      'for another data set of this format give its own hashes, or sha256: false',
  );
}

async function sha256(bytes: Uint8Array): Promise<string> {
  // WebCrypto refuses memory that threads share.
  const own = bytes.buffer instanceof ArrayBuffer ? bytes : Uint8Array.from(bytes);
  const digest = await crypto.subtle.digest('SHA-256', own as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
