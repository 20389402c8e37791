import { checkNumber } from '../checks/check-number.js';

/**
 * The most bytes that a record may have. Images and graphs make the large ones, of some megabytes;
 * with this a broken or hostile file cannot fill the memory.
 */
export const MAX_RECORD_BYTES: number = 256 * 2 ** 20;

/** How event files are read. */
export interface ReadOptions {
  /** The most bytes that a record may have. Default {@link MAX_RECORD_BYTES}, 256 MiB. */
  readonly maxRecordBytes?: number;
  /** Called where a file ends within a record: its writer is still at it, or died. */
  readonly onTail?: (tail: TornTail) => void;
}

/** The part of a record at the end of a file. */
export interface TornTail {
  /** The byte of the file where it begins. */
  readonly offset: number;
  /** How many bytes of it are there. */
  readonly bytes: number;
  /** The file, where the source has a name. */
  readonly path: string | undefined;
}

/**
 * The limit, with its default.
 *
 * @throws TypeError if it is no number
 * @throws RangeError if it is no whole number from 0
 */
export function maxRecordBytesOf({ maxRecordBytes = MAX_RECORD_BYTES }: ReadOptions): number {
  checkNumber(
    'readEvents: maxRecordBytes',
    maxRecordBytes,
    'a whole number from 0',
    (value) => Number.isSafeInteger(value) && value >= 0,
  );
  return maxRecordBytes;
}

/** Tells of what is left when a file has ended. */
export function reportTail(
  { onTail }: ReadOptions,
  { offset, pending }: { readonly offset: number; readonly pending: number },
  path?: string,
): void {
  if (pending > 0) onTail?.({ offset, bytes: pending, path });
}
