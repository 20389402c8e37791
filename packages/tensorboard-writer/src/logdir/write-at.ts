import { writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

/** Writes all of the bytes at a place in a file: the system may take them piece by piece. */
export async function writeAt(file: FileHandle, bytes: Uint8Array, start: number): Promise<void> {
  for (let end = 0; end < bytes.length;) {
    end += (await file.write(bytes, end, bytes.length - end, start + end)).bytesWritten;
  }
}

/** As {@link writeAt}, before it returns. */
export function writeAtSync(fd: number, bytes: Uint8Array, start: number): void {
  for (let end = 0; end < bytes.length;) {
    end += writeSync(fd, bytes, end, bytes.length - end, start + end);
  }
}
