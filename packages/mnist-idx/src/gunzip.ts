import { IdxFormatError } from './idx-format-error.js';

/**
 * How many compressed bytes should go in at a time. A browser inflates all that it is handed before
 * we see the first byte, up to a thousandfold: with 16 KiB a limit is overrun by 16 MiB at most.
 */
export const SLICE_BYTES: number = 16 * 1024;

/** Inflates gzip by the platform's `DecompressionStream`, and says in our words where it is broken. */
export async function* gunzip(
  compressed: ReadableStream<Uint8Array<ArrayBuffer>>,
  where: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = compressed.pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } catch (error) {
    const message = `${where}: gzip: expected a whole stream, got a broken one: ${reason(error)}`;
    throw new IdxFormatError(message, 0, { cause: error });
  } finally {
    // Not awaited: a stream may take its time to stop.
    reader.cancel().catch(() => {});
  }
}

/** The platform's own words. Node leaves the message empty and puts them in the cause. */
function reason(error: unknown): string {
  const { message, cause, name } = error as Error;
  return message || (cause instanceof Error ? cause.message : name);
}
