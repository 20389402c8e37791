import { gunzip, SLICE_BYTES } from './gunzip.js';
import { fileBytes, sizeError } from './idx-data.js';
import { IdxFormatError } from './idx-format-error.js';
import { headerBytes, type IdxHeader, isGzip, parseHeader } from './idx-header.js';
import { MAX_INFLATED_BYTES, MAX_RANK } from './idx-limits.js';

/** Options of {@link ContentTools.inflate}. */
export interface InflateOptions {
  /** Begins the messages. */
  readonly where: string;
  /** How many bytes may come out. Default: {@link MAX_INFLATED_BYTES}. */
  readonly maxBytes?: number | undefined;
}

/**
 * Inflates an IDX file that is gzipped, and returns anything else as it is.
 *
 * The header tells the size, so the file is inflated into memory of that size at once. None is taken
 * before the limit is kept and the gzip trailer says the same size; where it does not, what follows
 * is read only to tell a damaged stream from a file of another size.
 */
export async function inflate(bytes: Uint8Array, options: InflateOptions): Promise<Uint8Array> {
  const { where, maxBytes = MAX_INFLATED_BYTES } = options;
  if (!isGzip(bytes)) return bytes;
  let header: IdxHeader | undefined;
  let head: Uint8Array = new Uint8Array();
  let whole: Uint8Array | undefined;
  let at = 0;
  for await (let part of gunzip(slices(bytes), where)) {
    at += part.length;
    if (header === undefined) {
      // Nearly always the first chunk has it all.
      part = head = head.length === 0 ? part : Uint8Array.from([...head, ...part]);
      if (!hasHeader(head)) continue;
      header = parseHeader(head, where);
      const size = agreedSize(header, bytes, options);
      if (size !== undefined) whole = new Uint8Array(size);
    }
    whole?.set(part.subarray(0, whole.length - at + part.length), at - part.length);
    if (at > maxBytes) break;
  }
  header ??= parseHeader(head, where);
  if (at !== fileBytes(header)) throw sizeError(header, at, where);
  if (whole !== undefined) return whole;
  throw new IdxFormatError(`${where}: gzip: expected one stream, got several`, 0);
}

/**
 * The size of a file, where it keeps the limit and a gzip stream can hold so much: its trailer says
 * how much, modulo 2^32.
 */
export function agreedSize(
  header: IdxHeader,
  bytes: Uint8Array,
  { where, maxBytes = MAX_INFLATED_BYTES }: InflateOptions,
): number | undefined {
  const size = fileBytes(header);
  // Also where the limit is NaN.
  if (!(size <= maxBytes)) {
    const message = `${where}: size: expected at most ${maxBytes} bytes of content, got ${size}`;
    throw new IdxFormatError(message, headerBytes(0));
  }
  const trailer = bytes.subarray(-4).reduceRight((sum, byte) => sum * 256 + byte, 0);
  return trailer === size % 2 ** 32 && size <= bytes.length * MAX_RATIO ? size : undefined;
}

/** Deflate makes no byte into more than this many. */
const MAX_RATIO = 1032;

/** Whether the header is all there, or so much of it that it is refused. */
function hasHeader(bytes: Uint8Array): boolean {
  const [, , , rank] = bytes;
  return rank !== undefined && (rank > MAX_RANK || bytes.length >= headerBytes(rank));
}

function slices(bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      // Always a copy, in memory that no thread shares, as the stream wants it.
      const slice = new Uint8Array(bytes.subarray(at, (at += SLICE_BYTES)));
      if (slice.length > 0) controller.enqueue(slice);
      else controller.close();
    },
  });
}
