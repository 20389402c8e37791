import { EventSinkError, type EventSinkOperation } from './event-sink-error.js';
import type { EventSink } from './event-sink.js';
import { joinRecords } from './records/join-records.js';
import type { SummaryWriterOptions } from './summary-writer-options.js';

// setTimeout fires at once when asked to wait longer than this.
const MAX_DELAY_MS = 2 ** 31 - 1;

/**
 * Records on their way to a sink: whole, in order, many in one write, one call at a time. The
 * sink's first error stays, and nothing is written after it.
 */
export class RecordQueue {
  readonly #sink: EventSink;
  readonly #maxQueue: number;
  readonly #delayMs: number;
  #records: Uint8Array[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failure: EventSinkError | undefined;
  /** Settles after the last call to the sink; never rejects. */
  #calls: Promise<void> = Promise.resolve();

  constructor(sink: EventSink, { maxQueue, flushSeconds }: Required<SummaryWriterOptions>) {
    this.#sink = sink;
    this.#maxQueue = maxQueue;
    this.#delayMs = Math.min(flushSeconds * 1000, MAX_DELAY_MS);
  }

  /** What the sink failed with, if it did. */
  get failure(): EventSinkError | undefined {
    return this.#failure;
  }

  /** Whether the sink writes files beside the event file. */
  get takesFiles(): boolean {
    return this.#sink.writeFile !== undefined;
  }

  push(record: Uint8Array): void {
    this.#records.push(record);
    // Equal, not over: a write that waits for its turn takes along what is pushed meanwhile.
    if (this.#records.length === this.#maxQueue) void this.#write();
    this.#timer ??= this.#startTimer();
  }

  /** Writes a file beside the event file, in its turn among the calls. */
  writeFile(name: string, bytes: Uint8Array): void {
    void this.#call('writeFile', () => this.#sink.writeFile?.(name, bytes));
  }

  /** Rejects with the {@link EventSinkError} if the sink fails, or has failed before. */
  async flush(): Promise<void> {
    await this.#flush();
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** Flushes, and closes the sink whether or not that worked. Rejects as {@link flush} does. */
  async close(): Promise<void> {
    void this.#flush();
    await this.#call('close', () => this.#sink.close());
    if (this.#failure !== undefined) throw this.#failure;
  }

  #flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.#write();
    return this.#call('flush', () => this.#sink.flush());
  }

  #write(): Promise<void> {
    return this.#call('write', async () => {
      const records = this.#records;
      if (records.length === 0) return;
      this.#records = [];
      await this.#sink.write(joinRecords(records));
    });
  }

  #call(operation: EventSinkOperation, body: () => void | PromiseLike<void>): Promise<void> {
    const before = this.#calls;
    this.#calls = (async () => {
      await before;
      if (this.#failure !== undefined && operation !== 'close') return;
      try {
        await body();
      } catch (error) {
        this.#failure ??= new EventSinkError(operation, error);
        this.#records = [];
      }
    })();
    return this.#calls;
  }

  #startTimer(): ReturnType<typeof setTimeout> {
    const timer = setTimeout(() => void this.#flush(), this.#delayMs);
    // In Node a timer is an object, and would keep a process alive that has nothing else to do.
    if (typeof timer === 'object') timer.unref();
    return timer;
  }
}
