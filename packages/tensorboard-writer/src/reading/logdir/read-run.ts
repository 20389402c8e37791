import { checkPath } from './check-path.js';
import type { Event } from '../../messages/event.js';
import { eventsOf } from '../read-events.js';
import { summaryBatches } from '../read-summaries.js';
import type { LoggedSummary } from '../summary.js';
import type { FollowOptions } from './follow-options.js';
import { runRecords } from './run-records.js';

/**
 * The events of a run: those of an event file, or of all event files in a directory (not below it),
 * in the order of their names. With `follow` it waits for what is still to be written.
 *
 * @param path - of the file or the directory
 * @param options - see {@link FollowOptions}
 * @throws {@link EventFormatError} with the path, at a record whose checksum is wrong, that is over the
 *   limit, or that holds no event; the events before it have been given
 * @throws Error of the system if the path is not there or cannot be read
 * @throws TypeError if an argument or option is of another type
 * @throws RangeError if an option is outside its range
 */
export async function* readEvents(
  path: string,
  options: FollowOptions = {},
): AsyncGenerator<Event, void, undefined> {
  for await (const batch of runBatches(path, options)) yield* batch;
}

/**
 * All that is logged in a run, value by value, each by its kind.
 *
 * @param path - of the file or the directory, as for {@link readEvents}
 * @param options - see {@link FollowOptions}
 * @throws as {@link readEvents} does
 */
export async function* readSummaries(
  path: string,
  options: FollowOptions = {},
): AsyncGenerator<LoggedSummary, void, undefined> {
  checkPath('readSummaries: path', path);
  for await (const batch of summaryBatches(runBatches(path, options))) yield* batch;
}

/** The events of a run, those that were read together in one batch. */
export async function* runBatches(
  path: string,
  options: FollowOptions,
): AsyncGenerator<Iterable<Event>, void, undefined> {
  checkPath('readEvents: path', path);
  for await (const { path: file, records } of runRecords(path, options)) {
    yield eventsOf(records, file);
  }
}
