import { fdatasyncSync, ftruncateSync, writeSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { EventSink } from '../event-sink.js';

/** An event file on disk, open for writing. */
export class EventFileSink implements EventSink {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #onClose: () => void;
  /** Bytes in the file, all of them whole records. What is under way follows them. */
  #size = 0;
  #underWay: Uint8Array | undefined;

  /** @param onClose - called when the file is closed */
  constructor(path: string, file: FileHandle, onClose: () => void = () => {}) {
    this.#path = path;
    this.#file = file;
    this.#onClose = onClose;
  }

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const start = this.#size;
    this.#underWay = bytes;
    try {
      for (let end = 0; end < bytes.length;) {
        const rest = bytes.length - end;
        end += (await this.#file.write(bytes, end, rest, start + end)).bytesWritten;
      }
      // Not so if writeSync was faster.
      if (this.#underWay === bytes) this.#size += bytes.length;
    } catch (error) {
      if (this.#underWay !== bytes) return;
      // A disk that fills up may have taken half a record: readers that are strict stop there.
      await this.#file.truncate(start).catch(() => {});
      throw this.#named(error);
    } finally {
      if (this.#underWay === bytes) this.#underWay = undefined;
    }
  }

  writeSync(bytes: Uint8Array<ArrayBuffer>): void {
    try {
      // In the same place once more: whichever write is the last one, the file is the same.
      if (this.#underWay !== undefined) this.#appendSync(this.#underWay);
      this.#underWay = undefined;
      this.#appendSync(bytes);
    } catch (error) {
      try {
        ftruncateSync(this.#file.fd, this.#size);
      } catch {
        // The first error is the one to tell.
      }
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

  flushSync(): void {
    try {
      fdatasyncSync(this.#file.fd);
    } catch (error) {
      throw this.#named(error);
    }
  }

  async close(): Promise<void> {
    try {
      await this.#file.close();
    } finally {
      this.#onClose();
    }
  }

  #appendSync(bytes: Uint8Array): void {
    for (let end = 0; end < bytes.length;) {
      end += writeSync(this.#file.fd, bytes, end, bytes.length - end, this.#size + end);
    }
    this.#size += bytes.length;
  }

  /** The system's error with the path, which it lacks where a file is written by its handle. */
  #named(error: unknown): unknown {
    if (!(error instanceof Error)) return error;
    const named = new Error(`${error.message} '${this.#path}'`, { cause: error });
    return Object.assign(named, error, { path: this.#path });
  }
}
