import { type ReadScalarsOptions, scalarsOf } from '../read-scalars.js';
import type { ScalarSeries } from '../scalar-series.js';
import { checkPath } from './check-path.js';
import { listRuns } from './list-runs.js';
import { runBatches } from './read-run.js';

/**
 * The curves of a log directory: for each run, by its name, the curves by their tags.
 *
 * @param logdir - path of the directory; an event file is a run `.` of its own
 * @param options - see {@link ReadScalarsOptions}
 * @throws {@link EventFormatError} (as a rejection) with the path, as {@link readEvents} does
 * @throws Error of the system (as a rejection) if the directory is not there or cannot be read
 * @throws TypeError (as a rejection) if an argument or option is of another type
 * @throws RangeError (as a rejection) if an option is outside its range
 */
export async function readScalars(
  logdir: string,
  options: ReadScalarsOptions = {},
): Promise<Map<string, Map<string, ScalarSeries>>> {
  checkPath('readScalars: logdir', logdir);
  const runs = new Map<string, Map<string, ScalarSeries>>();
  for (const { name, path } of await listRuns(logdir)) {
    const scalars = await scalarsOf(runBatches(path, options), options);
    if (scalars.size > 0) runs.set(name, scalars);
  }
  return runs;
}
