/** Places in the words that all threads share. */
export const controlWords = {
  /** Counts passes: another thread sees by it that there is a new one. */
  turn: 0,
  /** Parts that have not come to an end. */
  pending: 1,
  /** What to run. */
  operation: 2,
  /** 1 if a part threw on another thread. */
  failed: 3,
  /** How many parts there are. */
  count: 4,
  /** What the first that threw said, a character each, up to a 0. */
  message: 5,
  /** The parts' addresses. */
  parts: 105,
  /**
   * For each part 1 as long as nobody has taken it, set when all else is: so a thread that comes late from a
   * pass may take a part of the next one.
   */
  free: 121,
} as const;

/** Characters of a failure that fit. */
export const messageLength: number = controlWords.parts - controlWords.message - 1;

/** As many parts as a pass may have. */
export const mostParts: number = controlWords.free - controlWords.parts;

/**
 * The order in which a thread looks at `count` parts: first its own, which are the same in every pass, since
 * their numbers are in its core's cache; then those of the others, from their last ones on.
 */
export function lookingOrder(thread: number, threads: number, count: number): number[] {
  const first = Math.floor((thread * count) / threads);
  const own = Math.floor(((thread + 1) * count) / threads) - first;
  return Array.from({ length: count }, (_, i) =>
    i < own ? first + i : (first - 1 - (i - own) + count) % count,
  );
}

/** Makes the words. */
export function makeControl(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4 * (controlWords.free + mostParts)));
}

/** What another thread's part of the last pass has thrown, if one has. */
export function failureOf(control: Int32Array): Error | undefined {
  if (Atomics.exchange(control, controlWords.failed, 0) === 0) return undefined;
  const words = control.subarray(controlWords.message, controlWords.parts);
  const message = String.fromCodePoint(...words.subarray(0, words.indexOf(0)));
  return new Error(`rnn-kernels: the pass failed on another thread: ${message}`);
}
