import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

const SUFFIX = '.part';

/**
 * How old a temporary file has to be to count as left over, in milliseconds: one hour. A download
 * writes to its own every few seconds, or is given up after its time-out.
 */
const STALE_AFTER = 3_600_000;

/**
 * A file on its way into a cache. Each process, and each download, has one of its own beside the
 * place where it belongs, so that nobody ever sees half a file there.
 */
export class PartFile {
  /** How many bytes have come. */
  bytes = 0;

  readonly path: string;
  readonly #target: string;
  readonly #handle: FileHandle;

  private constructor(target: string, path: string, handle: FileHandle) {
    this.#target = target;
    this.path = path;
    this.#handle = handle;
  }

  /** Makes one for this place, in a folder that is there. */
  static async create(target: string): Promise<PartFile> {
    const path = `${target}.${randomUUID()}${SUFFIX}`;
    return new PartFile(target, path, await open(path, 'wx'));
  }

  async append(chunk: Uint8Array): Promise<void> {
    let rest = chunk;
    while (rest.length > 0) {
      const { bytesWritten } = await this.#handle.write(rest, 0, rest.length, this.bytes);
      this.bytes += bytesWritten;
      rest = rest.subarray(bytesWritten);
    }
  }

  /** Drops what has come. */
  async restart(): Promise<void> {
    await this.#handle.truncate(0);
    this.bytes = 0;
  }

  /** Puts it in its place at once, over whatever is there. */
  async moveIn(): Promise<void> {
    await this.#handle.close();
    try {
      await rename(this.path, this.#target);
    } catch (error) {
      // Windows does not replace a file that another process has open. Then there is one.
      if (!(await isFile(this.#target))) throw error;
    }
  }

  /** Leaves nothing of it. After `moveIn` there is nothing to do. */
  async discard(): Promise<void> {
    await this.#handle.close();
    await rm(this.path, { force: true });
  }
}

/**
 * Removes what downloads of killed processes left in a folder, once it is an hour old. Nobody goes
 * on with them: a download resumes its own file only.
 */
export async function removeStaleParts(target: string): Promise<void> {
  const folder = dirname(target);
  const start = `${basename(target)}.`;
  const parts = (await readdir(folder)).filter(
    (name) => name.startsWith(start) && name.endsWith(SUFFIX),
  );
  for (const part of parts) {
    const path = join(folder, part);
    // It may be gone at any moment: another process tidies up too.
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
    if (mtimeMs < Date.now() - STALE_AFTER) await rm(path, { force: true });
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
