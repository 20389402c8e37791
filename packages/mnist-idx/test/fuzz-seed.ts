/** The seed of a long run: UNROLL_FUZZ_SEED, to repeat one, or a new one. Reports print it. */
export function fuzzSeed(): number {
  const given = process.env['UNROLL_FUZZ_SEED'];
  const seed = given === undefined ? Date.now() % 2 ** 31 : Number(given);
  if (Number.isInteger(seed)) return seed;
  throw new RangeError(`UNROLL_FUZZ_SEED: expected an integer, got ${given}`);
}
