import crc32c from 'crc-32/crc32c.js';

const MASK_DELTA = 0xa282ead8;

/**
 * The checksum of a TFRecord: CRC-32C (Castagnoli), rotated right by 15 bits, plus a constant, so
 * that bytes which hold checksums of their own can be checksummed again.
 *
 * @returns an unsigned 32-bit integer
 */
export function maskedCRC32C(bytes: Uint8Array): number {
  const crc = crc32c.buf(bytes);
  return (((crc >>> 15) | (crc << 17)) + MASK_DELTA) >>> 0;
}
