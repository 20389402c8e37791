import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPath } from './check-path.js';
import { isEventFileName } from './event-files.js';

/** A directory of event files. */
export interface Run {
  /** As TensorBoard shows it: its path below the log directory, with slashes; `.` for that itself. */
  readonly name: string;
  readonly path: string;
}

/**
 * The runs of a log directory: itself and all directories below it that have event files, links
 * followed, in the order of their names.
 *
 * @param logdir - path of the directory; an event file is a run `.` of its own
 * @throws Error of the system (as a rejection) if it is not there or cannot be read
 * @throws TypeError (as a rejection) if the path is no string
 * @throws RangeError (as a rejection) if it is empty
 */
export async function listRuns(logdir: string): Promise<Run[]> {
  checkPath('listRuns: logdir', logdir);
  if (!(await stat(logdir)).isDirectory()) return [{ name: '.', path: logdir }];
  const runs: Run[] = [];
  for await (const run of runsBelow({ name: '.', path: logdir }, [])) runs.push(run);
  return runs;
}

/** @param above - the real paths of the directories around, so that a link to one of them ends here */
async function* runsBelow(directory: Run, above: readonly string[]): AsyncGenerator<Run> {
  const real = await realpath(directory.path);
  if (above.includes(real)) return;
  const names = await readdir(directory.path);
  if (names.some(isEventFileName)) yield directory;
  for (const child of names.toSorted()) {
    const path = join(directory.path, child);
    const name = directory.name === '.' ? child : `${directory.name}/${child}`;
    if (await isDirectory(path)) yield* runsBelow({ name, path }, [...above, real]);
  }
}

/** Not so for a link that leads nowhere, or what is gone by now. */
async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
