/** What the name of an event file is made of. */
export interface EventFileNameParts {
  /** When it was made, since 1970. */
  readonly seconds: number;
  readonly host: string;
  readonly pid: number;
  /** Sets apart the files that one process makes in one second. */
  readonly uid: number;
  /** Ends the name. */
  readonly suffix: string;
}

/** Seconds are padded so that the order of names is the order of time. */
const SECONDS_DIGITS = 10;
const PATTERN = /^events\.out\.tfevents\.(\d{10})\./;

/**
 * The name that TensorFlow would give an event file:
 * `events.out.tfevents.<seconds>.<host>.<pid>.<uid><suffix>`; TensorBoard knows event files by
 * `tfevents` in the name. It reads those of a directory in the order of their names, and never goes
 * back. So where the clock did, or several files are of one second, the name has a later second.
 *
 * @param others - names in the same directory, of whatever files
 */
export function eventFileName(parts: EventFileNameParts, others: readonly string[]): string {
  const name = nameOf(parts);
  const last = others
    .filter((other) => PATTERN.test(other))
    .toSorted()
    .at(-1);
  if (last === undefined || last < name) return name;
  return nameOf({ ...parts, seconds: Number(PATTERN.exec(last)?.[1]) + 1 });
}

function nameOf({ seconds, host, pid, uid, suffix }: EventFileNameParts): string {
  const digits = String(Math.floor(seconds)).padStart(SECONDS_DIGITS, '0');
  return `events.out.tfevents.${digits}.${host}.${pid}.${uid}${suffix}`;
}
