import { kind } from '../checks/kind.js';

/**
 * Bytes of an event file: all at once, in a Blob or File, or in pieces of any size as they come (the
 * body of a response, a Node stream, an array of pieces).
 */
export type EventSource =
  | Uint8Array
  | ArrayBuffer
  | Blob
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>
  | Iterable<Uint8Array>;

/**
 * The bytes of a source, piece by piece.
 *
 * @throws TypeError if it is no source of bytes
 */
export async function* chunksOf(source: EventSource): AsyncGenerator<Uint8Array, void, undefined> {
  if (source instanceof Uint8Array) yield plain(source);
  else if (source instanceof ArrayBuffer) yield new Uint8Array(source);
  else if (source instanceof Blob) yield* streamed(source.stream());
  else if (source instanceof ReadableStream) yield* streamed(source);
  else if (isIterable(source)) for await (const chunk of source) yield plain(chunk);
  else throw new TypeError(`readEvents: source: expected bytes, got ${kind(source)}`);
}

/** By its reader: Safari's streams are not iterable. Cancels a stream that is not read to its end. */
async function* streamed(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      ended = done;
      if (done) return;
      yield plain(value);
    }
  } finally {
    if (!ended) await reader.cancel().catch(() => {});
    reader.releaseLock();
  }
}

/** Without what a subclass adds: a Buffer's toString, slice and JSON are others. */
function plain(chunk: unknown): Uint8Array {
  if (chunk instanceof Uint8Array) {
    return new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
  throw new TypeError(`readEvents: source: expected pieces of bytes, got ${kind(chunk)}`);
}

function isIterable(source: unknown): source is AsyncIterable<unknown> | Iterable<unknown> {
  return (
    typeof source === 'object' &&
    source !== null &&
    (Symbol.asyncIterator in source || Symbol.iterator in source)
  );
}
