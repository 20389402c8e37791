/** SHA-256 in hex, by the platform's WebCrypto. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  // WebCrypto refuses memory that threads share.
  const own = bytes.buffer instanceof ArrayBuffer ? bytes : Uint8Array.from(bytes);
  const digest = await crypto.subtle.digest('SHA-256', own as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
