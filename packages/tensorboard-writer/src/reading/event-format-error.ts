/** Bytes that are not the event file they should be: `where: expected ..., got ...`. */
export class EventFormatError extends Error {
  override readonly name: string = 'EventFormatError';
  /** The byte of the file where the record begins that is wrong; all before it are whole. */
  readonly offset: number;
  /** The file, where the source has a name. */
  readonly path: string | undefined;

  constructor(message: string, place: EventPlace, options?: ErrorOptions) {
    const { offset, path } = place;
    const file = path === undefined ? '' : `${path}: `;
    super(`readEvents: ${file}record at byte ${offset}: ${message}`, options);
    this.offset = offset;
    this.path = path;
  }
}

/** Where a record is. */
export interface EventPlace {
  readonly offset: number;
  readonly path?: string | undefined;
}
