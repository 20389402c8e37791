/**
 * Where a {@link SummaryWriter} puts the bytes of its event file. `@unroll/tensorboard-writer/node`
 * has one for a file on disk, `@unroll/tensorboard-writer/web` has some for pages; or write your own.
 *
 * The writer makes one call at a time and awaits it before the next. After a call that throws or
 * rejects, the only one still to come is `close`.
 */
export interface EventSink {
  /**
   * Appends to the event file.
   *
   * @param bytes - one or more whole records; the sink may keep them, the writer does not touch
   *   them again
   */
  write(bytes: Uint8Array<ArrayBuffer>): void | PromiseLike<void>;

  /** Makes everything written so far visible to readers, and as durable as the sink can. */
  flush(): void | PromiseLike<void>;

  /** Frees what the sink holds. Called once, as the last call; a `flush` comes before it. */
  close(): void | PromiseLike<void>;

  /**
   * Writes a file beside the event file, whole; one of that name is replaced. Only embeddings need
   * it: TensorBoard's projector reads them from files of their own.
   *
   * @param name - a plain file name
   */
  writeFile?(name: string, bytes: Uint8Array): void | PromiseLike<void>;

  /**
   * Appends before it returns, where a sink can do that: {@link SummaryWriter.flushSync} needs it,
   * and the writer calls it when more than 1 MiB waits. Alone of all calls it may come while another
   * one is under way; the bytes of a `write` under way go first, and not twice.
   *
   * @param bytes - as for `write`, or none
   */
  writeSync?(bytes: Uint8Array<ArrayBuffer>): void;

  /** As `flush`, before it returns; comes after a `writeSync`. Needed where there is that. */
  flushSync?(): void;

  /** As `writeFile`, before it returns. Without it, `flushSync` leaves the files for later. */
  writeFileSync?(name: string, bytes: Uint8Array): void;
}
