import { mkdir, rm } from 'node:fs/promises';
import { checkFilenameSuffix } from '../checks/check-filename-suffix.js';
import { kind } from '../checks/kind.js';
import { EventSinkError } from '../event-sink-error.js';
import { type SummaryWriterOptions, withDefaults } from '../summary-writer-options.js';
import { loadPNGEncoder } from '../images/png-encoder.js';
import { SummaryWriter } from '../summary-writer.js';
import { atExit } from './at-exit.js';
import { createEventFile, type EventFile } from './create-event-file.js';
import { DirectoryLock } from './directory-lock.js';
import { EventFileSink } from './event-file-sink.js';
import { LogdirError } from './logdir-error.js';
import { missingDirectories, removeEmptyDirectories } from './missing-directories.js';

/** How a log directory is written. */
export interface LogdirOptions extends SummaryWriterOptions {
  /** Ends the name of the event file (`.v2`); no path separators. Default none. */
  readonly filenameSuffix?: string;
}

/**
 * Starts an event file in a log directory, which is made, parents included, where it does not
 * exist. When this resolves the file is on disk with its first event: whatever keeps the directory
 * from being written shows here, not in the middle of a training.
 *
 * The file is named `events.out.tfevents.<seconds>.<hostname>.<pid>.<uid><suffix>`, from the start:
 * TensorBoard shows files that still grow. It reads those of one directory one after another, so
 * there is one live writer for each directory, in all processes, and a file made later has a later
 * name. When the process ends without a `close`, what was logged is written then; a signal that ends
 * it leaves it no time for that.
 *
 * @param logdir - path of the directory
 * @param options - see {@link LogdirOptions}
 * @returns the writer, which the caller closes
 * @throws TypeError (as a rejection) if an argument or option is of another type
 * @throws RangeError (as a rejection) if an option is outside its range
 * @throws {@link LogdirError} (as a rejection) if the directory cannot be made or written,
 *   or has a live writer
 */
export async function openLogdir(
  logdir: string,
  options: LogdirOptions = {},
): Promise<SummaryWriter> {
  checkLogdir(logdir);
  const queue = withDefaults('openLogdir', options);
  const { filenameSuffix = '' } = options;
  checkFilenameSuffix('openLogdir: filenameSuffix', filenameSuffix);
  const made = missingDirectories(logdir);
  try {
    // One by one: below a directory that takes none (/proc), Node's own recursion never ends.
    for (const directory of made.toReversed()) await makeDirectory(directory);
    await mkdir(logdir, { recursive: true });
    return await startEventFile(logdir, filenameSuffix, queue);
  } catch (error) {
    removeEmptyDirectories(made);
    throw new LogdirError(logdir, error);
  }
}

/** Makes a directory, unless somebody else just did. */
async function makeDirectory(path: string): Promise<void> {
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
}

async function startEventFile(
  logdir: string,
  suffix: string,
  options: SummaryWriterOptions,
): Promise<SummaryWriter> {
  const lock = new DirectoryLock(logdir);
  try {
    return await startLocked(lock, await createEventFile(logdir, suffix), options);
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function startLocked(
  lock: DirectoryLock,
  { path, file }: EventFile,
  options: SummaryWriterOptions,
): Promise<SummaryWriter> {
  const onClose = (): void => {
    lock.release();
    forget();
  };
  const writer = new SummaryWriter(new EventFileSink(path, file, onClose), options);
  const forget = atExit(() => {
    try {
      writer.flushSync();
    } finally {
      lock.release();
    }
  });
  try {
    await Promise.all([writer.flush(), loadPNGEncoder()]);
    return writer;
  } catch (error) {
    await writer.close().catch(() => {});
    await rm(path, { force: true });
    throw error instanceof EventSinkError ? error.cause : error;
  }
}

function checkLogdir(logdir: unknown): void {
  const message = `openLogdir: logdir: expected a path, got ${kind(logdir)}`;
  if (typeof logdir !== 'string') throw new TypeError(message);
  if (logdir === '') throw new RangeError(message);
}
