/**
 * Where a {@link SummaryWriter} puts the bytes of its event file. `@unroll/tensorboard-writer/node`
 * has one for a file on disk; in a page, write your own (an array, OPFS, a request).
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
}
