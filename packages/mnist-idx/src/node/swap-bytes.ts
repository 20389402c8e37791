/** Turns the byte order of numbers of `size` bytes each, 1, 2, 4 or 8, where they are. */
export function swapBytes({ buffer, byteOffset, length }: Uint8Array, size: number): void {
  const bytes = Buffer.from(buffer, byteOffset, length);
  if (size === 2) bytes.swap16();
  else if (size === 4) bytes.swap32();
  else if (size === 8) bytes.swap64();
}
