import type { OPFSSink } from './open-opfs-sink.js';

/**
 * An event file of the origin's private file system, written by a page. There, what is written shows
 * when its stream is closed, all at once: so each flush closes it, and the next write opens another.
 */
export class StreamOPFSSink implements OPFSSink {
  readonly handle: FileSystemFileHandle;
  readonly #directory: FileSystemDirectoryHandle;
  #stream: FileSystemWritableFileStream | undefined;
  #size = 0;

  constructor(directory: FileSystemDirectoryHandle, handle: FileSystemFileHandle) {
    this.#directory = directory;
    this.handle = handle;
  }

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    this.#stream ??= await this.handle.createWritable({ keepExistingData: true });
    await this.#stream.write({ type: 'write', position: this.#size, data: bytes });
    this.#size += bytes.length;
  }

  async flush(): Promise<void> {
    const stream = this.#stream;
    this.#stream = undefined;
    await stream?.close();
  }

  async close(): Promise<void> {
    // There is one only if a write failed, and what it holds may end in half a record.
    await this.#stream?.abort();
  }

  async writeFile(name: string, bytes: Uint8Array): Promise<void> {
    const handle = await this.#directory.getFileHandle(name, { create: true });
    const stream = await handle.createWritable();
    try {
      await stream.write(new Uint8Array(bytes));
    } catch (error) {
      await stream.abort();
      throw error;
    }
    await stream.close();
  }
}
