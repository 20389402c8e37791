import { hostname } from 'node:os';

/** Seconds are padded so that the order of names is the order of time. */
const SECONDS_DIGITS = 10;

/**
 * The name that TensorFlow would give an event file:
 * `events.out.tfevents.<seconds>.<hostname>.<pid>.<uid><suffix>`. TensorBoard knows event files by
 * `tfevents` in the name, and reads those of a directory in the order of their names.
 *
 * @param uid - sets apart the files that one process makes in one second
 * @param suffix - ends the name
 */
export function eventFileName(uid: number, suffix: string): string {
  const seconds = String(Math.floor(Date.now() / 1000)).padStart(SECONDS_DIGITS, '0');
  return `events.out.tfevents.${seconds}.${hostname()}.${process.pid}.${uid}${suffix}`;
}
