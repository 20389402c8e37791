/** A short word for numbers, which differs if a bit of them does (FNV-1a). */
export function digest(values: ArrayLike<number>): string {
  let hash = 0x81_1c_9d_c5;
  for (const bits of new Int32Array(Float32Array.from(values).buffer)) {
    hash = Math.imul(hash ^ bits, 0x01_00_01_93);
    hash ^= hash >>> 15;
  }
  return (hash >>> 0).toString(16);
}
