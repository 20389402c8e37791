import { open, readFile } from 'node:fs/promises';

/** The most that one call to the system may read: 1 GiB. It takes less than 2 GiB. */
const MAX_READ = 2 ** 30;

/** All bytes of a file, of any size: Node's `readFile` refuses one of more than 2 GiB. */
export async function readBytes(
  file: string | URL,
  signal?: AbortSignal,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await readFile(file, { signal });
  } catch (error) {
    const isLarge =
      error instanceof Error && 'code' in error && error.code === 'ERR_FS_FILE_TOO_LARGE';
    if (!isLarge) throw error;
    return readLarge(file, signal);
  }
}

async function readLarge(
  file: string | URL,
  signal: AbortSignal | undefined,
): Promise<Uint8Array<ArrayBuffer>> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const bytes = new Uint8Array(size);
    let at = 0;
    while (at < size) {
      signal?.throwIfAborted();
      const { bytesRead } = await handle.read(bytes, at, Math.min(size - at, MAX_READ), at);
      // Somebody has cut it short meanwhile.
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    return bytes.subarray(0, at);
  } finally {
    await handle.close();
  }
}
