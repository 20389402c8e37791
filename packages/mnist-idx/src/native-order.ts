const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/**
 * Copies big-endian numbers into this machine's byte order, or this machine's into big-endian
 * order. Bytes are moved, not numbers: a NaN keeps all its bits.
 *
 * @param from - whole numbers of `size` bytes each
 * @param into - as many bytes
 */
export function copyNativeOrder(from: Uint8Array, into: Uint8Array, size: number): void {
  if (size === 1 || !littleEndian) {
    into.set(from);
    return;
  }
  for (let start = 0; start < from.length; start += size) {
    for (let i = 0; i < size; i++) into[start + i] = from[start + size - 1 - i] as number;
  }
}
