import { checkNumber } from '../../checks/check-number.js';
import { kind } from '../../checks/kind.js';
import { MAX_DELAY_MS } from '../../max-delay.js';
import type { ReadOptions } from '../read-options.js';

/** How the event files of a run on disk are read. */
export interface FollowOptions extends ReadOptions {
  /**
   * Whether to wait at the end for what is still to be written: at a record that is not whole, and
   * for a new file in the directory. It ends by `signal` alone. Default false.
   */
  readonly follow?: boolean;
  /** Seconds between two looks at a file that is followed; over 0. Default 1. */
  readonly pollSeconds?: number;
  /** Ends the reading, without an error. */
  readonly signal?: AbortSignal;
}

/**
 * The time between two looks, in milliseconds.
 *
 * @throws TypeError if it is no number, or the signal none
 * @throws RangeError if it is not over 0
 */
export function pollMsOf({ pollSeconds = 1, signal }: FollowOptions): number {
  if (signal !== undefined && typeof Object(signal).aborted !== 'boolean') {
    throw new TypeError(`readEvents: signal: expected an AbortSignal, got ${kind(signal)}`);
  }
  checkNumber(
    'readEvents: pollSeconds',
    pollSeconds,
    'a number of seconds over 0',
    (value) => value > 0 && value < Infinity,
  );
  return Math.min(pollSeconds * 1000, MAX_DELAY_MS);
}
