import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ReadEvent, readEvents } from './read-events.js';

/** The names of the event files of a directory, in TensorBoard's order. */
export async function eventFiles(logdir: string): Promise<string[]> {
  return (await readdir(logdir)).filter((name) => name.includes('tfevents')).toSorted();
}

/** The events of a directory, as TensorBoard reads them. */
export async function readLogdir(logdir: string): Promise<ReadEvent[]> {
  const names = await eventFiles(logdir);
  const files = await Promise.all(names.map((name) => readFile(join(logdir, name))));
  return files.flatMap((bytes) => readEvents(bytes));
}
