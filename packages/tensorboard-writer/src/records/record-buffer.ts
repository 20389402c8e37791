const MIN_BYTES = 4096;
/** An image may need more for once; that memory is not kept. */
const MAX_KEPT_BYTES = 2 ** 21;

/** Records one after another, as an event file holds them, in memory that is used again. */
export class RecordBuffer {
  #bytes = new Uint8Array(MIN_BYTES);
  #size = 0;
  #count = 0;

  /** Bytes of the records. */
  get size(): number {
    return this.#size;
  }

  /** Number of the records. */
  get count(): number {
    return this.#count;
  }

  /** Copies a record to the end. */
  append(record: Uint8Array): void {
    const end = this.#size + record.length;
    if (end > this.#bytes.length) this.#grow(end);
    this.#bytes.set(record, this.#size);
    this.#size = end;
    this.#count++;
  }

  /** A copy of the records, of which none are left then. */
  take(): Uint8Array<ArrayBuffer> {
    const records = this.#bytes.slice(0, this.#size);
    if (this.#bytes.length > MAX_KEPT_BYTES) this.#bytes = new Uint8Array(MIN_BYTES);
    this.#size = 0;
    this.#count = 0;
    return records;
  }

  #grow(needed: number): void {
    const larger = new Uint8Array(Math.max(needed, 2 * this.#bytes.length));
    larger.set(this.#bytes.subarray(0, this.#size));
    this.#bytes = larger;
  }
}
