/** The smallest float32 above zero that is not denormal. */
const smallestNormal = 2 ** -126;

/** How many of the numbers are denormal, of those that are none, too. */
export function countDenormals(values: ArrayLike<number>): number {
  return Array.from(values).filter((x) => x !== 0 && Math.abs(x) < smallestNormal).length;
}
