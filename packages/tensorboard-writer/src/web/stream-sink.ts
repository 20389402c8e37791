import type { EventSink } from '../event-sink.js';

/**
 * Writes an event file to a stream, which the sink locks, and closes with the writer. A chunk is one
 * or more whole records. What a flush does is up to the stream: it waits until all chunks are taken.
 *
 * @param stream - of a page or of Node, where `Writable.toWeb(stream)` makes one of an older kind
 * @throws TypeError if the stream is locked
 */
export function streamSink(stream: WritableStream<Uint8Array<ArrayBuffer>>): EventSink {
  const writer = stream.getWriter();
  // The writer tells of errors as the outcome of its calls.
  writer.closed.catch(() => {});
  return {
    write: (bytes) => writer.write(bytes),
    flush: () => writer.ready,
    close: () => writer.close(),
  };
}
