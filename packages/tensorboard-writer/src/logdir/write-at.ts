import { writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';

// Node takes no more than 2 GiB at once.
const MAX_WRITE_BYTES = 2 ** 30;

/** Writes all of the bytes at a place in a file: the system may take them piece by piece. */
export async function writeAt(file: FileHandle, bytes: Uint8Array, start: number): Promise<void> {
  for (let end = 0; end < bytes.length;) {
    end += (await file.write(bytes, end, lengthAt(bytes, end), start + end)).bytesWritten;
  }
}

/** As {@link writeAt}, before it returns. */
export function writeAtSync(fd: number, bytes: Uint8Array, start: number): void {
  for (let end = 0; end < bytes.length;) {
    end += writeSync(fd, bytes, end, lengthAt(bytes, end), start + end);
  }
}

function lengthAt({ length }: Uint8Array, end: number): number {
  return Math.min(length - end, MAX_WRITE_BYTES);
}
