import { setTimeout as wait } from 'node:timers/promises';
import { maxRecordBytesOf, reportTail } from '../read-options.js';
import { EventFileReader, type FileBatch } from './event-file-reader.js';
import { nextEventFile } from './event-files.js';
import { type FollowOptions, pollMsOf } from './follow-options.js';
import { isAborted } from './is-aborted.js';

/**
 * The records of a run's event files, one file after another, each read to its end before the next,
 * as TensorBoard's loader does. It looks at the end of a file again and again rather than watch it:
 * network disks tell of no changes.
 */
export async function* runRecords(
  path: string,
  options: FollowOptions,
): AsyncGenerator<FileBatch, void, undefined> {
  const run = { path, options, pollMs: pollMsOf(options) };
  const maxRecordBytes = maxRecordBytesOf(options);
  let file: string | undefined;
  while ((file = await nextOf(run, file)) !== undefined) {
    const reader = await EventFileReader.open(file, maxRecordBytes);
    try {
      yield* readFollowing(run, reader);
    } finally {
      await reader.close();
    }
    // Where a signal ends the reading, that is not where the file ends.
    if (!isAborted(options.signal)) reportTail(options, reader.splitter, file);
  }
}

interface FollowedRun {
  readonly path: string;
  readonly options: FollowOptions;
  readonly pollMs: number;
}

/** The next file to read, waited for where the run is followed; undefined at the end. */
async function nextOf(run: FollowedRun, file: string | undefined): Promise<string | undefined> {
  const { follow = false, signal } = run.options;
  while (!isAborted(signal)) {
    const next = await nextEventFile(run.path, file);
    if (next !== undefined || !follow) return next;
    await sleep(run.pollMs, signal);
  }
  return undefined;
}

/** Reads a file to its end, and where the run is followed for as long as there is no next one. */
async function* readFollowing(
  { path, options, pollMs }: FollowedRun,
  reader: EventFileReader,
): AsyncGenerator<FileBatch, void, undefined> {
  const { follow = false, signal } = options;
  yield* reader.read(signal);
  if (!follow) return;
  while (!isAborted(signal) && (await nextEventFile(path, reader.path)) === undefined) {
    await sleep(pollMs, signal);
    yield* reader.read(signal);
  }
  // What came between the last read and the next file.
  yield* reader.read(signal);
}

/** Waits, or not if the signal says so. */
async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await wait(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {});
}
