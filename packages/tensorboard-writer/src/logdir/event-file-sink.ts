import { fdatasyncSync, ftruncateSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EventSink } from '../event-sink.js';
import { replaceFile, replaceFileSync } from './replace-file.js';
import { writeAt, writeAtSync } from './write-at.js';

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
      await writeAt(this.#file, bytes, start);
      // Not so if writeSync was faster.
      if (this.#underWay === bytes) this.#size += bytes.length;
    } catch (error) {
      if (this.#underWay !== bytes) return;
      // A disk that fills up may have taken half a record: readers that are strict stop there.
      await this.#file.truncate(start).catch(() => {});
      throw named(error, this.#path);
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
      throw named(error, this.#path);
    }
  }

  async flush(): Promise<void> {
    try {
      await this.#file.datasync();
    } catch (error) {
      throw named(error, this.#path);
    }
  }

  flushSync(): void {
    try {
      fdatasyncSync(this.#file.fd);
    } catch (error) {
      throw named(error, this.#path);
    }
  }

  async writeFile(name: string, bytes: Uint8Array): Promise<void> {
    const path = join(dirname(this.#path), name);
    try {
      await replaceFile(path, bytes);
    } catch (error) {
      throw named(error, path);
    }
  }

  writeFileSync(name: string, bytes: Uint8Array): void {
    const path = join(dirname(this.#path), name);
    try {
      replaceFileSync(path, bytes);
    } catch (error) {
      throw named(error, path);
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
    writeAtSync(this.#file.fd, bytes, this.#size);
    this.#size += bytes.length;
  }
}

/** The system's error with the path, which it lacks where a file is written by its handle. */
function named(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || 'path' in error) return error;
  return Object.assign(new Error(`${error.message} '${path}'`, { cause: error }), error, { path });
}
