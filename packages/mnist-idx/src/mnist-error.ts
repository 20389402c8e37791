/** Which file, of which source. */
export interface MnistFileId {
  /** The name of the source, such as `folder /data/mnist`. */
  readonly source: string;
  /** The published name, without `.gz`. */
  readonly file: string;
}

/**
 * A file of a data set that could not be read, is not what it should be, or does not fit its
 * fellows: `loadMnist: source: file: what: expected ..., got ...`. What lies under it, such as an
 * `IdxFormatError` or the file system's own error, is the `cause`.
 */
export class MnistError extends Error {
  override readonly name: string = 'MnistError';

  /** The name of the source, such as `folder /data/mnist`. */
  readonly source: string;

  /** The published name of the file, without `.gz`. */
  readonly file: string;

  /**
   * @param id - source and file, which the message begins with
   * @param what - the rest of the message
   */
  constructor(id: MnistFileId, what: string, options?: ErrorOptions) {
    super(`${where(id)}: ${what}`, options);
    this.source = id.source;
    this.file = id.file;
  }
}

/** How messages about a file begin. */
export function where({ source, file }: MnistFileId): string {
  return `loadMnist: ${source}: ${file}`;
}
