import { type FileHandle, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EventSink } from '../event-sink.js';

/** An event file on disk, open for writing. */
export class EventFileSink implements EventSink {
  readonly #path: string;
  readonly #file: FileHandle;
  /** Bytes in the file, all of them whole records. */
  #size = 0;

  constructor(path: string, file: FileHandle) {
    this.#path = path;
    this.#file = file;
  }

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    try {
      await this.#file.appendFile(bytes);
      this.#size += bytes.length;
    } catch (error) {
      // A disk that fills up may have taken half a record: readers that are strict stop there.
      await this.#file.truncate(this.#size).catch(() => {});
      throw this.#named(error);
    }
  }

  async flush(): Promise<void> {
    try {
      await this.#file.datasync();
    } catch (error) {
      throw this.#named(error);
    }
  }

  async writeFile(name: string, bytes: Uint8Array): Promise<void> {
    await writeFile(join(dirname(this.#path), name), bytes);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  /** The system's error with the path, which it lacks where a file is written by its handle. */
  #named(error: unknown): unknown {
    if (!(error instanceof Error)) return error;
    const named = new Error(`${error.message} '${this.#path}'`, { cause: error });
    return Object.assign(named, error, { path: this.#path });
  }
}
