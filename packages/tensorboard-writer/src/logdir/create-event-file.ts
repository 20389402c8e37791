import { open, readdir, type FileHandle } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { eventFileName } from '../event-file-name.js';

/** An event file that is open for writing. */
export interface EventFile {
  readonly path: string;
  readonly file: FileHandle;
}

let nextUid = 0;

/**
 * Makes a new, empty event file, the last of its directory. It has its final name from the start,
 * for TensorBoard reads files while they grow.
 */
export async function createEventFile(logdir: string, suffix: string): Promise<EventFile> {
  const parts = { host: hostname(), pid: process.pid, uid: nextUid++, suffix };
  const seconds = Date.now() / 1000;
  const path = join(logdir, eventFileName({ ...parts, seconds }, await readdir(logdir)));
  return { path, file: await open(path, 'wx') };
}
