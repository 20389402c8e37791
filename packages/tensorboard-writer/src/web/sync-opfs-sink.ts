import type { OPFSSink } from './open-opfs-sink.js';

/** FileSystemSyncAccessHandle, which TypeScript declares for workers only. */
export interface SyncAccessHandle {
  write(bytes: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}

/** An event file of the origin's private file system, written by a worker. */
export class SyncOPFSSink implements OPFSSink {
  readonly handle: FileSystemFileHandle;
  readonly #access: SyncAccessHandle;
  /** Bytes in the file, all of them whole records. */
  #size = 0;

  constructor(handle: FileSystemFileHandle, access: SyncAccessHandle) {
    this.handle = handle;
    this.#access = access;
  }

  write(bytes: Uint8Array<ArrayBuffer>): void {
    this.writeSync(bytes);
  }

  flush(): void {
    this.flushSync();
  }

  close(): void {
    this.#access.close();
  }

  writeSync(bytes: Uint8Array<ArrayBuffer>): void {
    try {
      const written = this.#access.write(bytes, { at: this.#size });
      if (written < bytes.length) {
        throw new Error(`expected room for ${bytes.length} bytes, got it for ${written}`);
      }
      this.#size += bytes.length;
    } catch (error) {
      // Half a record may be there: readers that are strict stop at it.
      this.#access.truncate(this.#size);
      throw error;
    }
  }

  flushSync(): void {
    this.#access.flush();
  }
}
