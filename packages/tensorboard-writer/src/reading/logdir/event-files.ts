import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';

/** TensorBoard takes a file for an event file if its name has this in it. */
const EVENT_FILE_INFIX = 'tfevents';

/** Whether a file is an event file by its name. */
export function isEventFileName(path: string): boolean {
  return basename(path).includes(EVENT_FILE_INFIX);
}

/**
 * The file of a run to read after another, in the order of names, which is that of their seconds.
 *
 * @param path - a run's directory, or a file, which is alone
 * @param after - the one before; undefined for the first
 * @returns undefined if there is none (yet)
 */
export async function nextEventFile(
  path: string,
  after: string | undefined,
): Promise<string | undefined> {
  if (!(await stat(path)).isDirectory()) return after === undefined ? path : undefined;
  const last = after === undefined ? '' : basename(after);
  const names = (await readdir(path)).filter((name) => isEventFileName(name) && name > last);
  const [next] = names.toSorted();
  return next === undefined ? undefined : join(path, next);
}
