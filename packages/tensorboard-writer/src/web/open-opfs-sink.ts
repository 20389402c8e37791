import { checkFilenameSuffix } from '../checks/check-filename-suffix.js';
import { kind } from '../checks/kind.js';
import type { EventSink } from '../event-sink.js';
import { StreamOPFSSink } from './stream-opfs-sink.js';
import { syncAccessTo, SyncOPFSSink } from './sync-opfs-sink.js';
import { webFileName, type WebSinkOptions } from './web-sink-options.js';

/** An event file of the origin's private file system. */
export interface OPFSSink extends EventSink {
  /** The file: its `getFile` reads what has been flushed. */
  readonly handle: FileSystemFileHandle;
}

/**
 * Starts an event file in the origin's private file system, which lasts when the page is gone. In a
 * dedicated worker it is written in place, as on a disk. A page has to take a copy of the file for
 * the first write after a flush, and then swap the two: flush seldom, or log in a worker.
 *
 * @param logdir - a directory, or the path of one, which is made where it does not exist
 * @returns the sink, for a writer
 * @throws TypeError (as a rejection) if an argument or option is of another type
 * @throws RangeError (as a rejection) if it is outside its range
 * @throws DOMException (as a rejection) if there is no such file system, or no such directory
 */
export async function openOPFSSink(
  logdir: FileSystemDirectoryHandle | string,
  options: WebSinkOptions = {},
): Promise<OPFSSink> {
  checkFilenameSuffix('openOPFSSink: filenameSuffix', options.filenameSuffix ?? '');
  const directory = typeof logdir === 'string' ? await makeDirectory(logdir) : logdir;
  const others: string[] = [];
  for await (const name of directory.keys()) others.push(name);
  const name = webFileName(options, others);
  const handle = await directory.getFileHandle(name, { create: true });
  try {
    return await openFile(directory, handle);
  } catch (error) {
    await directory.removeEntry(name);
    throw error;
  }
}

async function openFile(
  directory: FileSystemDirectoryHandle,
  handle: FileSystemFileHandle,
): Promise<OPFSSink> {
  const access = await syncAccessTo(handle);
  return access === undefined
    ? new StreamOPFSSink(directory, handle)
    : new SyncOPFSSink(directory, handle, access);
}

async function makeDirectory(path: string): Promise<FileSystemDirectoryHandle> {
  const names = path.split('/').filter((name) => name !== '');
  if (names.length === 0) {
    throw new RangeError(`openOPFSSink: logdir: expected a path, got ${kind(path)}`);
  }
  let directory = await navigator.storage.getDirectory();
  for (const name of names) directory = await directory.getDirectoryHandle(name, { create: true });
  return directory;
}
