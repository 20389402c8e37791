import { checkStep } from './checks/check-step.js';
import { checkTag } from './checks/check-tag.js';
import { EventLine } from './event-line.js';
import { event, type Event, SessionStatus } from './messages/event.js';
import type { SummaryValue } from './messages/summary.js';
import { encodeMessage } from './protobuf/encode-message.js';
import type { Init } from './protobuf/message-type.js';
import type { RecordQueue } from './record-queue.js';
import { encodeRecord } from './records/encode-record.js';
import { ScalarEncoder } from './scalars/scalar-encoder.js';
import type { Scalar } from './scalars/scalar-record.js';
import {
  checkSummaryOptions,
  type EventOptions,
  type SummaryOptions,
} from './summaries/summary-options.js';
import { type Later, whenThere } from './values/later.js';

type Values = Init<SummaryValue> | Init<SummaryValue>[];

/** What a {@link SummaryWriter} does with an event of any kind, and how it ends. */
export class EventWriter {
  readonly #queue: RecordQueue;
  readonly #line: EventLine = new EventLine();
  readonly #scalars: ScalarEncoder = new ScalarEncoder();
  #isClosed = false;

  constructor(queue: RecordQueue) {
    this.#queue = queue;
  }

  /**
   * Asserts all but the value.
   *
   * @returns who complains of the value: `SummaryWriter.scalar`
   * @throws TypeError if the tag, the step or an option is of another type
   * @throws RangeError if one is outside its range
   * @throws Error if the writer is closed
   * @throws {@link EventSinkError} if the sink has failed, or what a value failed with that was to
   *   come later
   */
  check(method: string, tag: string, step: number, options: SummaryOptions): string {
    const where = `SummaryWriter.${method}`;
    checkTag(`${where}: tag`, tag);
    checkStep(`${where}: step`, step);
    checkSummaryOptions(where, options);
    if (this.#isClosed) throw new Error(`${where}: expected an open writer, got a closed one`);
    if (this.#queue.failure !== undefined) throw this.#queue.failure;
    this.#line.throwFailure();
    return where;
  }

  /** Writes the events that a file starts with. */
  addStart(purgeStep: number | undefined): void {
    const now = { wallTime: Date.now() / 1000 };
    const sourceMetadata = { writer: '@unroll/tensorboard-writer' };
    this.addEvent(now, { step: purgeStep, fileVersion: 'brain.Event:2', sourceMetadata });
    // Readers take the start of a session for a restart from this step, if they know the version.
    if (purgeStep !== undefined) {
      this.addEvent(now, { step: purgeStep, sessionLog: { status: SessionStatus.START } });
    }
  }

  /** Writes a scalar that is no more than a number: as {@link addSummary}, and much faster. */
  addScalar(tag: string, value: number, step: number, options: EventOptions): void {
    const { wallTime = Date.now() / 1000 } = options;
    this.add({ tag, value, step, wallTime }, this.#writeScalar);
  }

  /** Writes values of one step, in its turn if they come later. */
  addSummary(step: number, options: EventOptions, values: Later<Values>): void {
    const { wallTime = Date.now() / 1000 } = options;
    this.add(
      values instanceof Promise
        ? whenThere(values, (there) => summaryEvent(wallTime, step, there))
        : summaryEvent(wallTime, step, values),
      this.#write,
    );
  }

  /** Writes an event of another kind. */
  addEvent(options: EventOptions, content: Init<Event>): void {
    const { wallTime = Date.now() / 1000 } = options;
    this.add({ ...content, wallTime }, this.#write);
  }

  /** Calls `take` in its turn among all that is written. */
  add<T>(value: Later<T>, take: (value: T) => void): void {
    this.#line.add(value, take);
  }

  /** Waits for values that come later, and for the sink. */
  async flush(): Promise<void> {
    if (!this.#line.isEmpty) await this.#line.settled();
    await this.#queue.flush();
    this.#line.throwFailure();
  }

  /** Takes nothing more, waits as {@link flush} does, and closes the sink. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (!this.#line.isEmpty) await this.#line.settled();
    await this.#queue.close();
    this.#line.throwFailure();
  }

  readonly #writeScalar = (scalar: Scalar): void => {
    this.#queue.push(this.#scalars.encode(scalar));
  };

  readonly #write = (content: Init<Event>): void => {
    this.#queue.push(encodeRecord(encodeMessage(event, content)));
  };
}

function summaryEvent(wallTime: number, step: number, values: Values): Init<Event> {
  return { wallTime, step, summary: { value: Array.isArray(values) ? values : [values] } };
}
