/**
 * Bytes that are not the IDX file they should be: `where: what: expected ..., got ...`.
 */
export class IdxFormatError extends Error {
  override readonly name: string = 'IdxFormatError';

  /**
   * The byte where it went wrong, counted in the uncompressed content: the first of the field that
   * is wrong, the end of a file that is too short, the first past the end of one that is too long.
   * 0 for a broken gzip stream, as platforms do not say where it broke.
   */
  readonly offset: number;

  constructor(message: string, offset: number, options?: ErrorOptions) {
    super(message, options);
    this.offset = offset;
  }
}
