import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { eventFileName } from './event-file-name.js';

let nextUid = 0;

/**
 * Makes a new, empty event file. It has its final name from the start, for TensorBoard reads files
 * while they grow.
 */
export async function createEventFile(
  logdir: string,
  suffix: string,
): Promise<{ readonly path: string; readonly file: FileHandle }> {
  const path = join(logdir, eventFileName(nextUid++, suffix));
  try {
    return { path, file: await open(path, 'wx') };
  } catch (error) {
    // A worker thread has the process id of its parent, and counts its own uids.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return createEventFile(logdir, suffix);
    throw error;
  }
}
