/** Places in the words that all threads share. */
export const controlWords = {
  /** Counts passes: another thread sees by it that there is a new one. */
  turn: 0,
  /** Threads that have not finished theirs. */
  pending: 1,
  /** What to run. */
  operation: 2,
  /** The thread whose part of the pass threw, 0 if none has. */
  failed: 3,
  /** What it said, a character each, up to a 0. */
  message: 4,
  /** The `Part` of the first thread, then those of the others; 0 for one that has none. */
  parts: 104,
} as const;

/** Characters of a failure that fit. */
export const messageLength: number = controlWords.parts - controlWords.message - 1;

/** Makes the words for so many threads. */
export function makeControl(threads: number): Int32Array<SharedArrayBuffer> {
  return new Int32Array(new SharedArrayBuffer(4 * (controlWords.parts + threads)));
}

/**
 * Throws what another thread's part of the last pass has thrown, if one has.
 *
 * @throws Error
 */
export function throwFailure(control: Int32Array): void {
  const thread = Atomics.exchange(control, controlWords.failed, 0);
  if (thread === 0) return;
  const words = control.subarray(controlWords.message, controlWords.parts);
  const message = String.fromCodePoint(...words.subarray(0, words.indexOf(0)));
  throw new Error(`rnn-kernels: the pass failed on thread ${thread}: ${message}`);
}
