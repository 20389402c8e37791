import { checkSink } from './checks/check-sink.js';
import { EventSinkError, type EventSinkOperation } from './event-sink-error.js';
import type { EventSink } from './event-sink.js';
import { MAX_DELAY_MS } from './max-delay.js';
import { RecordBuffer } from './records/record-buffer.js';
import type { SummaryWriterOptions } from './summary-writer-options.js';

/**
 * Bytes that may wait for their turn, in a program that logs faster than the sink takes, or that
 * never lets go of its thread. From here on it writes them itself, where the sink can.
 */
const MAX_WAITING_BYTES = 2 ** 20;

/** How long events are held back. */
export type RecordQueueOptions = Required<Pick<SummaryWriterOptions, 'flushSeconds' | 'maxQueue'>>;

/**
 * Records on their way to a sink: whole, in order, many in one write, one call at a time. The
 * sink's first error stays, and nothing is written after it.
 */
export class RecordQueue {
  readonly #sink: EventSink;
  readonly #maxQueue: number;
  readonly #delayMs: number;
  readonly #waiting = new RecordBuffer();
  /** Files that are not written yet, or may be half written. */
  readonly #files = new Map<string, Uint8Array>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failure: EventSinkError | undefined;
  #closing = false;
  /** Settles after the last call to the sink; never rejects. */
  #calls: Promise<void> = Promise.resolve();

  /** @throws TypeError if the sink is none */
  constructor(sink: EventSink, { maxQueue, flushSeconds }: RecordQueueOptions) {
    checkSink('SummaryWriter: sink', sink);
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

  /**
   * Takes a copy of a record.
   *
   * @throws {@link EventSinkError} if it had to write, and the sink failed
   */
  push(record: Uint8Array): void {
    this.#waiting.append(record);
    this.#timer ??= this.#startTimer();
    const { count, size } = this.#waiting;
    // Equal, not over: a write that waits for its turn takes along what is pushed meanwhile.
    if (count === this.#maxQueue) void this.#write();
    else if (count > this.#maxQueue && size > MAX_WAITING_BYTES && this.#sink.writeSync) {
      this.#writeSync();
    }
  }

  /** Writes a file beside the event file, in its turn among the calls. */
  writeFile(name: string, bytes: Uint8Array): void {
    this.#files.set(name, bytes);
    void this.#call('writeFile', async () => {
      // Another call may have written it by now, or be about to write a newer one.
      if (this.#files.get(name) !== bytes) return;
      await this.#sink.writeFile?.(name, bytes);
      if (this.#files.get(name) === bytes) this.#files.delete(name);
    });
  }

  /** Rejects with the {@link EventSinkError} if the sink fails, or has failed before. */
  async flush(): Promise<void> {
    await this.#flush();
    if (this.#failure !== undefined) throw this.#failure;
  }

  /**
   * Flushes before it returns.
   *
   * @throws TypeError if the sink cannot do that
   * @throws {@link EventSinkError} if the sink fails, or has failed before
   */
  flushSync(): void {
    if (this.#sink.writeSync === undefined) {
      throw new TypeError(
        'SummaryWriter.flushSync: expected a sink with writeSync, got one without',
      );
    }
    if (this.#failure !== undefined) throw this.#failure;
    // A sink that is being closed has been flushed.
    if (this.#closing) return;
    this.#writeSync();
    this.#writeFilesSync();
    this.#callSync('flushSync', () => this.#sink.flushSync?.());
  }

  /** Flushes, and closes the sink whether or not that worked. Rejects as {@link flush} does. */
  async close(): Promise<void> {
    void this.#flush();
    await this.#call('close', () => {
      this.#closing = true;
      return this.#sink.close();
    });
    if (this.#failure !== undefined) throw this.#failure;
  }

  #flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.#write();
    return this.#call('flush', () => this.#sink.flush());
  }

  #write(): Promise<void> {
    return this.#call('write', () => {
      if (this.#waiting.count > 0) return this.#sink.write(this.#waiting.take());
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
        this.#fail(operation, error);
      }
    })();
    return this.#calls;
  }

  #writeSync(): void {
    this.#callSync('writeSync', () => this.#sink.writeSync?.(this.#waiting.take()));
  }

  #writeFilesSync(): void {
    if (this.#sink.writeFileSync === undefined) return;
    for (const [name, bytes] of this.#files) {
      this.#callSync('writeFileSync', () => this.#sink.writeFileSync?.(name, bytes));
    }
    this.#files.clear();
  }

  #callSync(operation: EventSinkOperation, body: () => void): void {
    try {
      body();
    } catch (error) {
      throw this.#fail(operation, error);
    }
  }

  #fail(operation: EventSinkOperation, error: unknown): EventSinkError {
    this.#failure ??= new EventSinkError(operation, error);
    this.#waiting.take();
    return this.#failure;
  }

  #startTimer(): ReturnType<typeof setTimeout> {
    const timer = setTimeout(() => void this.#flush(), this.#delayMs);
    // In Node a timer is an object, and would keep a process alive that has nothing else to do.
    if (typeof timer === 'object') timer.unref();
    return timer;
  }
}
