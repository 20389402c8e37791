import { type FileHandle, open } from 'node:fs/promises';
import { wholeRecords } from '../read-records.js';
import { type EventRecord, RecordSplitter } from '../record-splitter.js';
import { isAborted } from './is-aborted.js';

/** Bytes of one read: so many that the calls cost little, so few that nobody waits for them. */
const READ_BYTES = 256 * 1024;

/** Records of one file that were read together. */
export interface FileBatch {
  readonly path: string;
  readonly records: Iterable<EventRecord>;
}

/** An event file that is read to its end, and later on from there. */
export class EventFileReader {
  readonly path: string;
  readonly splitter: RecordSplitter;
  readonly #file: FileHandle;

  private constructor(path: string, splitter: RecordSplitter, file: FileHandle) {
    this.path = path;
    this.splitter = splitter;
    this.#file = file;
  }

  static async open(path: string, maxRecordBytes: number): Promise<EventFileReader> {
    return new EventFileReader(path, new RecordSplitter(maxRecordBytes, path), await open(path));
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /** Reads up to where the file ends now, or the signal says to end. */
  async *read(signal: AbortSignal | undefined): AsyncGenerator<FileBatch, void, undefined> {
    const { path, splitter } = this;
    const { size } = await this.#file.stat();
    if (size === splitter.offset + splitter.pending) return;
    // Half a record may have been cut off and written anew.
    splitter.rewind();
    for (let at = splitter.offset; at < size && !isAborted(signal);) {
      const buffer = new Uint8Array(Math.min(READ_BYTES, size - at));
      const { bytesRead } = await this.#file.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      splitter.push(buffer.subarray(0, bytesRead));
      yield { path, records: wholeRecords(splitter) };
    }
  }
}
