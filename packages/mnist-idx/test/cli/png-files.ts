import { crc32 } from 'node:zlib';
import { encode } from 'fast-png';

/** A PNG of two by two pixels with so many channels and bits. */
export function png(
  channels: number,
  data: readonly number[],
  options: { readonly depth?: 1 | 2 | 4 | 8; readonly palette?: number[][] } = {},
): Uint8Array {
  const { depth = 8, palette } = options;
  const image = { width: 2, height: 2, channels, depth, data: Uint8Array.from(data) };
  return encode(palette === undefined ? image : { ...image, palette });
}

/** Gives every chunk the checksum that its bytes have, as far as there are chunks. */
export function withChecksums(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 8 + view.getUint32(at);
    if (end + 4 > bytes.length) break;
    view.setUint32(end, crc32(bytes.subarray(at + 4, end)));
    at = end + 4;
  }
  return bytes;
}
