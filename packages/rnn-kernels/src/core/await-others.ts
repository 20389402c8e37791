import { controlWords } from './control-words.js';
import { spinFor } from './worker-program.js';

/** Milliseconds that the caller sleeps at once while others work. */
const slice = 100;

/** How long a thread may take at least before it counts as lost, in milliseconds. */
const leastPatience = 60_000;

/** How many times as long as the caller's longest part another one's may take: it may have less of a core. */
const mostSlowness = 100;

/** How often the caller looks whether a part has come to an end before it takes the thread for lost. */
export function patienceFor(longestPart: number): number {
  return Math.ceil(Math.max(leastPatience, mostSlowness * longestPart) / slice);
}

/**
 * Waits until all parts have come to an end.
 *
 * A thread that is gone cannot be seen from here: its events arrive when the caller does not wait. So
 * looks are counted, and not time, which goes on while the whole program is asleep.
 *
 * @param patience - looks without a part that has ended
 * @returns whether they have; if not, another thread may still work on one
 */
export function awaitOthers(control: Int32Array, patience: number): boolean {
  const { pending } = controlWords;
  const until = performance.now() + spinFor;
  let left = Atomics.load(control, pending);
  while (left > 0 && performance.now() < until) left = Atomics.load(control, pending);
  for (let looks = 0; left > 0; looks++) {
    if (looks === patience) return false;
    Atomics.wait(control, pending, left, slice);
    const now = Atomics.load(control, pending);
    if (now < left) looks = -1;
    left = now;
  }
  return true;
}
