import { type ByteChunks, ByteReader } from './byte-reader.js';
import { gunzip, SLICE_BYTES } from './gunzip.js';
import { isGzip } from './idx-header.js';

/** What chunks hold: inflated where their first bytes are those of gzip, else as they are. */
export async function* inflateChunks(
  chunks: ByteChunks,
  where: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = new ByteReader(chunks);
  try {
    const magic = new Uint8Array(2);
    const length = await reader.readInto(magic);
    if (isGzip(magic)) {
      yield* gunzipFrom(reader, magic, where);
      return;
    }
    yield magic.subarray(0, length);
    for (let part; (part = await reader.next()) !== undefined;) yield part;
  } finally {
    await reader.close();
  }
}

/** An error of the source itself goes through as it is: it is no broken gzip. */
async function* gunzipFrom(
  reader: ByteReader,
  magic: Uint8Array<ArrayBuffer>,
  where: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  let failure: { readonly error: unknown } | undefined;
  const compressed = new ReadableStream<Uint8Array<ArrayBuffer>>({
    start: (controller) => controller.enqueue(magic),
    async pull(controller) {
      try {
        const part = await reader.next(SLICE_BYTES);
        // A copy, in memory that no thread shares, as the stream wants it.
        if (part === undefined) controller.close();
        else controller.enqueue(new Uint8Array(part));
      } catch (error) {
        failure = { error };
        throw error;
      }
    },
  });
  try {
    yield* gunzip(compressed, where);
  } catch (error) {
    throw failure === undefined ? error : failure.error;
  }
}
