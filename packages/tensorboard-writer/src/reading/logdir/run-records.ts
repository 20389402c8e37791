import { type FileHandle, open } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { maxRecordBytesOf, reportTail } from '../read-options.js';
import { wholeRecords } from '../read-records.js';
import { type EventRecord, RecordSplitter } from '../record-splitter.js';
import { nextEventFile } from './event-files.js';
import { type FollowOptions, pollMsOf } from './follow-options.js';

/** Bytes of one read: so many that the calls cost little, so few that nobody waits for them. */
const READ_BYTES = 256 * 1024;

/** Records of one file that were read together. */
export interface FileBatch {
  readonly path: string;
  readonly records: Iterable<EventRecord>;
}

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
    const reader = await FileReader.open(file, maxRecordBytes, options.signal);
    try {
      yield* readFollowing(run, reader);
    } finally {
      await reader.close();
    }
    reportTail(options, reader.splitter, file);
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
  reader: FileReader,
): AsyncGenerator<FileBatch, void, undefined> {
  const { follow = false, signal } = options;
  yield* reader.read();
  if (!follow) return;
  while (!isAborted(signal) && (await nextEventFile(path, reader.path)) === undefined) {
    await sleep(pollMs, signal);
    yield* reader.read();
  }
  // What came between the last read and the next file.
  yield* reader.read();
}

/** An event file that is read to its end, and later on from there. */
class FileReader {
  readonly path: string;
  readonly #file: FileHandle;
  readonly #signal: AbortSignal | undefined;
  readonly splitter: RecordSplitter;

  private constructor(
    path: string,
    file: FileHandle,
    splitter: RecordSplitter,
    signal?: AbortSignal,
  ) {
    this.path = path;
    this.#file = file;
    this.#signal = signal;
    this.splitter = splitter;
  }

  static async open(
    path: string,
    maxRecordBytes: number,
    signal?: AbortSignal,
  ): Promise<FileReader> {
    return new FileReader(path, await open(path), new RecordSplitter(maxRecordBytes, path), signal);
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /** Reads up to where the file ends now. */
  async *read(): AsyncGenerator<FileBatch, void, undefined> {
    const { splitter } = this;
    const { size } = await this.#file.stat();
    if (size === splitter.offset + splitter.pending) return;
    // Half a record may have been cut off and written anew.
    splitter.rewind();
    while (!isAborted(this.#signal)) {
      const buffer = new Uint8Array(READ_BYTES);
      const position = splitter.offset + splitter.pending;
      const { bytesRead } = await this.#file.read(buffer, 0, READ_BYTES, position);
      if (bytesRead === 0) return;
      splitter.push(buffer.subarray(0, bytesRead));
      yield { path: this.path, records: wholeRecords(splitter) };
    }
  }
}

/** A call, as a comparison would be taken to hold for all that comes after it. */
function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true;
}

/** Waits, or not if the signal says so. */
async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  await wait(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {});
}
