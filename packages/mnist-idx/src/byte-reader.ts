import { kindOf } from './kind-of.js';

/** Bytes in pieces, as files and networks hand them out: of any length, also none. */
export type ByteChunks =
  | ReadableStream<Uint8Array>
  | AsyncIterable<Uint8Array>
  | Iterable<Uint8Array>;

/** Whether a caller's value is what it should be. Bytes can be iterated too, but give numbers. */
export function isByteChunks(source: unknown): source is ByteChunks {
  if (typeof source !== 'object' || source === null || ArrayBuffer.isView(source)) return false;
  return 'getReader' in source || Symbol.asyncIterator in source || Symbol.iterator in source;
}

/** Hands out the bytes of chunks in the lengths that are asked for. */
export class ByteReader {
  #chunk: Uint8Array = new Uint8Array();
  readonly #chunks: AsyncIterator<Uint8Array> | Iterator<Uint8Array>;

  constructor(chunks: ByteChunks) {
    this.#chunks = iteratorOf(chunks);
  }

  /** What comes next, at most `length` bytes of it: a view. Undefined at the end. */
  async next(length: number = Infinity): Promise<Uint8Array | undefined> {
    while (this.#chunk.length === 0) {
      const { done, value } = await this.#chunks.next();
      if (done === true) return undefined;
      this.#chunk = expectBytes(value);
    }
    const part = this.#chunk.subarray(0, length);
    this.#chunk = this.#chunk.subarray(part.length);
    return part;
  }

  /** Fills `into`, and tells how many bytes there were for it: fewer at the end only. */
  async readInto(into: Uint8Array): Promise<number> {
    let at = 0;
    while (at < into.length) {
      const part = await this.next(into.length - at);
      if (part === undefined) break;
      into.set(part, at);
      at += part.length;
    }
    return at;
  }

  /** How many bytes are left, counted no further than the chunk that goes past `limit`. */
  async count(limit: number): Promise<number> {
    let count = 0;
    while (count <= limit) {
      const part = await this.next();
      if (part === undefined) break;
      count += part.length;
    }
    return count;
  }

  /** Tells the source that no more is wanted. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}

function expectBytes(chunk: Uint8Array): Uint8Array {
  const kind = kindOf(chunk);
  if (kind === 'Uint8Array') return chunk;
  throw new TypeError(`readIdxSlices: source: expected chunks that are Uint8Array, got ${kind}`);
}

function iteratorOf(chunks: ByteChunks): AsyncIterator<Uint8Array> | Iterator<Uint8Array> {
  if ('getReader' in chunks) {
    // Not every browser can walk a stream.
    const reader = chunks.getReader();
    return {
      next: () => reader.read() as Promise<IteratorResult<Uint8Array>>,
      return: async () => {
        await reader.cancel();
        return { done: true, value: undefined };
      },
    };
  }
  return Symbol.asyncIterator in chunks
    ? chunks[Symbol.asyncIterator]()
    : chunks[Symbol.iterator]();
}
