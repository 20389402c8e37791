import { checkFilenameSuffix } from '../checks/check-filename-suffix.js';
import type { EventSink } from '../event-sink.js';
import { webFileName, type WebSinkOptions } from './web-sink-options.js';

// The browser has begun to save long before.
const REVOKE_MS = 60_000;

/**
 * An event file that a page offers as a download; it works in a worker, too, which hands the page
 * its {@link DownloadSink.file}. After each flush the browser may keep it on disk, out of the way of
 * the program's memory.
 *
 * @example
 * ```ts
 * const sink = new DownloadSink();
 * const writer = new SummaryWriter(sink);
 * writer.scalar('loss', 0.5, 1);
 * await writer.flush();
 * sink.save();
 * ```
 */
export class DownloadSink implements EventSink {
  /** The name of the file: TensorBoard knows event files by `tfevents` in it. */
  readonly name: string;
  #flushed = new Blob([]);
  #written: Uint8Array<ArrayBuffer>[] = [];

  /**
   * @throws TypeError if an option is of another type
   * @throws RangeError if it is outside its range
   */
  constructor(options: WebSinkOptions = {}) {
    checkFilenameSuffix('DownloadSink: filenameSuffix', options.filenameSuffix ?? '');
    this.name = webFileName(options, []);
  }

  /** What has been written so far, whole records: flush the writer first. */
  get file(): File {
    return new File([this.#flushed, ...this.#written], this.name);
  }

  /**
   * Has the browser save {@link DownloadSink.file}, as a click on a link does. In a page only, and
   * best on a click of the user.
   */
  save(): void {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(this.file);
    link.download = this.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), REVOKE_MS);
  }

  write(bytes: Uint8Array<ArrayBuffer>): void {
    this.#written.push(bytes);
  }

  flush(): void {
    this.#flushed = new Blob([this.#flushed, ...this.#written]);
    this.#written = [];
  }

  close(): void {
    this.flush();
  }

  writeSync(bytes: Uint8Array<ArrayBuffer>): void {
    this.write(bytes);
  }

  flushSync(): void {
    this.flush();
  }
}
