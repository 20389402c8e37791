import type { OPFSSink } from './open-opfs-sink.js';

/** FileSystemSyncAccessHandle, which TypeScript declares for workers only. */
export interface SyncAccessHandle {
  write(bytes: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}

/** Access to a file in place, which there is in a dedicated worker only. */
export function syncAccessTo(handle: FileSystemFileHandle): Promise<SyncAccessHandle> | undefined {
  return (
    handle as FileSystemFileHandle & { createSyncAccessHandle?: () => Promise<SyncAccessHandle> }
  ).createSyncAccessHandle?.();
}

/** An event file of the origin's private file system, written by a worker. */
export class SyncOPFSSink implements OPFSSink {
  readonly handle: FileSystemFileHandle;
  readonly #directory: FileSystemDirectoryHandle;
  readonly #access: SyncAccessHandle;
  /** Bytes in the file, all of them whole records. */
  #size = 0;

  constructor(
    directory: FileSystemDirectoryHandle,
    handle: FileSystemFileHandle,
    access: SyncAccessHandle,
  ) {
    this.#directory = directory;
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
      writeAt(this.#access, bytes, this.#size);
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

  async writeFile(name: string, bytes: Uint8Array): Promise<void> {
    const handle = await this.#directory.getFileHandle(name, { create: true });
    const access = await syncAccessTo(handle)!;
    try {
      access.truncate(0);
      writeAt(access, new Uint8Array(bytes), 0);
      access.flush();
    } finally {
      access.close();
    }
  }
}

function writeAt(access: SyncAccessHandle, bytes: Uint8Array<ArrayBuffer>, at: number): void {
  const written = access.write(bytes, { at });
  if (written < bytes.length) {
    throw new Error(`expected room for ${bytes.length} bytes, got it for ${written}`);
  }
}
