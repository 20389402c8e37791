/// <reference lib="esnext.disposable" preserve="true" />
import { checkNumber } from './checks/check-number.js';
import { checkStep } from './checks/check-step.js';
import { checkTag } from './checks/check-tag.js';
import { checkWallTime } from './checks/check-wall-time.js';
import type { EventSink } from './event-sink.js';
import { encodeEvent, type EventMessage } from './messages/event.js';
import { SESSION_START } from './messages/session-log.js';
import { RecordQueue } from './record-queue.js';
import { encodeRecord } from './records/encode-record.js';
import { ScalarEncoder } from './scalars/scalar-encoder.js';
import { type SummaryWriterOptions, withDefaults } from './summary-writer-options.js';

/** What may be said about a scalar beside its value. */
export interface ScalarOptions {
  /** When the value was measured, in seconds since 1970. Default now. */
  readonly wallTime?: number;
}

/**
 * Writes one TensorBoard event file. Events are held back and written together (see
 * {@link SummaryWriterOptions}); end with {@link SummaryWriter.close}, or with `await using`, which
 * closes it too.
 *
 * TensorBoard reads the files of a directory one after another in the order of their names, so a
 * directory takes one live writer at a time.
 *
 * @example
 * ```ts
 * import { openLogdir } from '@unroll/tensorboard-writer/node';
 *
 * const writer = await openLogdir('logs/run-1');
 * for (let step = 1; step <= 100; step++) writer.scalar('loss', 1 / step, step);
 * await writer.close();
 * ```
 */
export class SummaryWriter {
  readonly #queue: RecordQueue;
  readonly #scalars = new ScalarEncoder();
  #closed: Promise<void> | undefined;

  /**
   * Starts an event file: the first event, its version, goes into the queue.
   *
   * @param sink - where the bytes go; the writer owns it from here, and closes it
   * @param options - how long events are held back
   * @throws TypeError if an option is no number
   * @throws RangeError if an option is outside its range
   */
  constructor(sink: EventSink, options: SummaryWriterOptions = {}) {
    const { purgeStep, ...queue } = withDefaults('SummaryWriter', options);
    this.#queue = new RecordQueue(sink, queue);
    const start = {
      wallTime: Date.now() / 1000,
      ...(purgeStep !== undefined && { step: purgeStep }),
    };
    const writer = '@unroll/tensorboard-writer';
    this.#push({ ...start, what: { fileVersion: 'brain.Event:2', writer } });
    // Readers take the start of a session for a restart from this step, if they know the version.
    if (purgeStep !== undefined) {
      this.#push({ ...start, what: { sessionLog: { status: SESSION_START } } });
    }
  }

  /**
   * Adds a point to a curve. Never waits for the sink: `await writer.flush()` does.
   *
   * @param tag - name of the curve; slashes group curves (`loss/train`)
   * @param value - stored as float32, so past 3.4e38 it becomes an infinity; NaN and the infinities
   *   are written, and TensorBoard marks them
   * @param step - a whole number from 0. Let it grow with each tag: TensorBoard takes a step back
   *   for a restart, and drops the points from that step on
   * @param options - the wall time, where it is not now
   * @throws TypeError if an argument is of another type
   * @throws RangeError if the tag is empty or not well-formed Unicode, the step is no non-negative
   *   safe integer, or the wall time is not finite
   * @throws Error if the writer is closed
   * @throws {@link EventSinkError} if the sink has failed
   */
  scalar(tag: string, value: number, step: number, options: ScalarOptions = {}): void {
    const { wallTime = Date.now() / 1000 } = options;
    checkTag('SummaryWriter.scalar: tag', tag);
    checkNumber('SummaryWriter.scalar: value', value, 'a number');
    checkStep('SummaryWriter.scalar: step', step);
    checkWallTime('SummaryWriter.scalar: wallTime', wallTime);
    this.#checkOpen('SummaryWriter.scalar');
    this.#queue.push(this.#scalars.encode({ tag, value, step, wallTime }));
  }

  /**
   * Resolves when all events so far are in the sink and the sink is flushed; on disk that is a sync
   * of the file's data. On a closed writer it waits for the close.
   *
   * @throws {@link EventSinkError} (as a rejection) if the sink fails, or has failed before
   */
  flush(): Promise<void> {
    return this.#closed ?? this.#queue.flush();
  }

  /**
   * Flushes, then closes the sink, even one that has failed. Closing again is harmless, and gives
   * the outcome of the first time.
   *
   * @throws {@link EventSinkError} (as a rejection) if the sink fails, or has failed before
   */
  close(): Promise<void> {
    this.#closed ??= this.#queue.close();
    return this.#closed;
  }

  /**
   * As {@link SummaryWriter.flush}, before it returns, for handlers of signals and of the end of a
   * process. `openLogdir` has one for the end already.
   *
   * @throws TypeError if the sink has no `writeSync`
   * @throws {@link EventSinkError} if the sink fails, or has failed before
   */
  flushSync(): void {
    this.#queue.flushSync();
  }

  /** Closes, at the end of the block of an `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #checkOpen(where: string): void {
    if (this.#closed !== undefined) {
      throw new Error(`${where}: expected an open writer, got a closed one`);
    }
    if (this.#queue.failure !== undefined) throw this.#queue.failure;
  }

  #push(event: EventMessage): void {
    this.#queue.push(encodeRecord(encodeEvent(event)));
  }
}
