import { closeSync, constants, ftruncateSync, openSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { writeAt, writeAtSync } from './write-at.js';

// Not emptied first: the end of the process may write the file once more while this is under way,
// and whichever comes last, it is the same then.
const FLAGS = constants.O_WRONLY | constants.O_CREAT;

/** Writes a file whole; where that fails there is none. */
export async function replaceFile(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, FLAGS);
  try {
    await writeAt(file, bytes, 0);
    await file.truncate(bytes.length);
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
}

/** As {@link replaceFile}, before it returns. */
export function replaceFileSync(path: string, bytes: Uint8Array): void {
  const fd = openSync(path, FLAGS);
  try {
    writeAtSync(fd, bytes, 0);
    ftruncateSync(fd, bytes.length);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  } finally {
    closeSync(fd);
  }
}
