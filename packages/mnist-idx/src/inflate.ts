import { IdxFormatError } from './idx-format-error.js';
import { MAX_INFLATED_BYTES } from './idx-limits.js';

/**
 * How many compressed bytes go in at a time. A browser inflates all that it is handed before we
 * see the first byte, up to a thousandfold: with 16 KiB the limit is overrun by 16 MiB at most.
 */
const SLICE_BYTES = 16 * 1024;

/** Options of {@link inflate}. */
export interface InflateOptions {
  /** Begins the messages. */
  readonly where: string;
  /** How many bytes may come out. Default: {@link MAX_INFLATED_BYTES}. */
  readonly maxBytes?: number | undefined;
}

/** Whether the bytes begin like a gzip stream. An IDX file begins with two zeros. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Inflates gzip, and returns anything else as it is. Stops as soon as `maxBytes` is passed. */
export async function inflate(bytes: Uint8Array, options: InflateOptions): Promise<Uint8Array> {
  const { where, maxBytes = MAX_INFLATED_BYTES } = options;
  if (!(maxBytes >= 0)) {
    throw new RangeError(`${where}: maxBytes: expected a number from 0, got ${maxBytes}`);
  }
  if (!isGzip(bytes)) return bytes;

  const reader = slices(bytes).pipeThrough(new DecompressionStream('gzip')).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const chunk = await reader.read().catch((error: unknown) => {
      const message = `${where}: gzip: expected a whole stream, got a broken one: ${reason(error)}`;
      throw new IdxFormatError(message, 0, { cause: error });
    });
    if (chunk.done) return concat(chunks, length);
    length += chunk.value.length;
    if (length > maxBytes) {
      // Not awaited: the error is what matters, and a stream may take its time to stop.
      reader.cancel().catch(() => {});
      const message = `${where}: gzip: expected at most ${maxBytes} bytes of content, got more`;
      throw new IdxFormatError(message, maxBytes);
    }
    chunks.push(chunk.value);
  }
}

function slices(bytes: Uint8Array): ReadableStream<Uint8Array<ArrayBuffer>> {
  let at = 0;
  return new ReadableStream({
    pull(controller) {
      if (at < bytes.length) controller.enqueue(copy(bytes, at));
      else controller.close();
      at += SLICE_BYTES;
    },
  });
}

/** Always a copy, in memory that no thread shares, as the stream wants it. (A Buffer's slice is not.) */
function copy(bytes: Uint8Array, at: number): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes.subarray(at, at + SLICE_BYTES));
}

function concat(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** The platform's own words. Node leaves the message empty and puts them in the cause. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.message || (error.cause instanceof Error ? error.cause.message : error.name);
}
