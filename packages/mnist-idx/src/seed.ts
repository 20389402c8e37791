/** TensorFlow 1 truncates seeds to this before numpy sees them. */
const MODULUS = 2 ** 31 - 1;

/** The seed that numpy gets: the one given, or a random one. `where` begins the message. */
export function toSeed(seed: number | undefined, where: string): number {
  if (seed === undefined) {
    return (crypto.getRandomValues(new Uint32Array(1))[0] as number) % MODULUS;
  }
  if (!Number.isSafeInteger(seed)) {
    throw new RangeError(`${where}: seed: expected a safe integer, got ${seed}`);
  }
  const remainder = seed % MODULUS;
  // Python's remainder has the sign of the divisor. 0 is added so that -0 becomes 0.
  return (remainder < 0 ? remainder + MODULUS : remainder) + 0;
}
