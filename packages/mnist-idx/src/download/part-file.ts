import { randomUUID } from 'node:crypto';
import { constants, copyFile, type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { ownMark } from './owner.js';

/** How the name of every file on its way into a cache ends. */
export const PART_SUFFIX = '.part';

/**
 * A file on its way into a cache. Each process, and each download, has one of its own beside the
 * place where it belongs, so that nobody ever sees half a file there.
 */
export class PartFile {
  /** How many bytes have come. */
  bytes = 0;
  /** Whether these are a killed process's, and no server has yet said anything to go with them. */
  isInherited = false;

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
    const path = partPath(target);
    return new PartFile(target, path, await open(path, 'wx'));
  }

  /**
   * Makes one that begins with what a killed process left, or undefined where that cannot be read
   * any more. It is a copy: should its process live after all, it does not write into ours.
   */
  static async inherit(target: string, leftover: string): Promise<PartFile | undefined> {
    const path = partPath(target);
    try {
      await copyFile(leftover, path, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
      const part = new PartFile(target, path, await open(path, 'r+'));
      await part.#takeOver();
      return part;
    } catch {
      await rm(path, { force: true });
      return undefined;
    }
  }

  async #takeOver(): Promise<void> {
    // On Windows a copy is as old as what it was made of, and would itself count as left over.
    await this.#handle.utimes(new Date(), new Date());
    this.bytes = (await this.#handle.stat()).size;
    this.isInherited = this.bytes > 0;
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
    this.isInherited = false;
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

function partPath(target: string): string {
  return `${target}.${ownMark()}.${randomUUID()}${PART_SUFFIX}`;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
