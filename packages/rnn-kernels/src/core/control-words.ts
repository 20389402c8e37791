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
  /**
   * Parts that nobody has taken: who finds it above 0 as it takes one away has the last of them. One word
   * says it all, so that a thread that comes late from a pass may take a part of the next one.
   */
  left: 4,
  /** What the first that threw said, a character each, up to a 0. */
  message: 5,
  /** Their addresses. */
  parts: 105,
} as const;

/** Characters of a failure that fit. */
export const messageLength: number = controlWords.parts - controlWords.message - 1;

/** As many parts as a pass may have. */
export const mostParts = 16;

/** Makes the words. */
export function makeControl(): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4 * (controlWords.parts + mostParts)));
}

/**
 * Throws what another thread's part of the last pass has thrown, if one has.
 *
 * @throws Error
 */
export function throwFailure(control: Int32Array): void {
  if (Atomics.exchange(control, controlWords.failed, 0) === 0) return;
  const words = control.subarray(controlWords.message, controlWords.parts);
  const message = String.fromCodePoint(...words.subarray(0, words.indexOf(0)));
  throw new Error(`rnn-kernels: the pass failed on another thread: ${message}`);
}
