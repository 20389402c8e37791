import { checkNumber } from './checks/check-number.js';
import { checkStep } from './checks/check-step.js';
import { checkTag } from './checks/check-tag.js';
import { checkWallTime } from './checks/check-wall-time.js';
import type { EventSink } from './event-sink.js';
import { encodeGraph } from './graph/encode-graph.js';
import { encodeRunMetadata } from './graph/encode-run-metadata.js';
import type { GraphNode } from './graph/graph-node.js';
import type { NodeStats } from './graph/node-stats.js';
import { event, type Event } from './messages/event.js';
import { encodeMessage } from './protobuf/encode-message.js';
import type { Init } from './protobuf/message-type.js';
import { RecordQueue } from './record-queue.js';
import { encodeRecord } from './records/encode-record.js';
import { type SummaryWriterOptions, withDefaults } from './summary-writer-options.js';

/** What may be said about a scalar beside its value. */
export interface ScalarOptions {
  /** When the value was measured, in seconds since 1970. Default now. */
  readonly wallTime?: number;
}

/** What may be said about a graph, or a run of it, beside itself. */
export interface GraphOptions {
  /** When it was made, in seconds since 1970. Default now. */
  readonly wallTime?: number;
}

/**
 * Writes one TensorBoard event file. Events are held back and written together (see
 * {@link SummaryWriterOptions}); end with {@link SummaryWriter.close}, or the last ones are lost.
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
    this.#queue = new RecordQueue(sink, withDefaults('SummaryWriter', options));
    this.#push({
      wallTime: Date.now() / 1000,
      fileVersion: 'brain.Event:2',
      sourceMetadata: { writer: '@unroll/tensorboard-writer' },
    });
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
    const where = 'SummaryWriter.scalar';
    const { wallTime = Date.now() / 1000 } = options;
    checkTag(`${where}: tag`, tag);
    checkNumber(`${where}: value`, value, 'a number');
    checkStep(`${where}: step`, step);
    checkWallTime(`${where}: wallTime`, wallTime);
    this.#checkOpen(where);
    // The oldest form of a scalar is the one that every reader of event files knows.
    this.#push({ wallTime, step, summary: { value: [{ tag, simpleValue: value }] } });
  }

  /**
   * Adds the run's graph. A run has one: of several, TensorBoard shows the last.
   *
   * @param graph - the graph's nodes (`traceGraph` makes them of a function), or a serialized GraphDef,
   *   which is not looked into
   * @param options - the wall time, where it is not now
   * @throws TypeError if an argument, a node or an attribute is of another type
   * @throws RangeError if a name is not allowed or there twice, an input is not the name of a node, or
   *   an attribute's value is outside its range; nothing is written then
   * @throws Error if the writer is closed
   * @throws {@link EventSinkError} if the sink has failed
   */
  graph(graph: readonly GraphNode[] | Uint8Array, options: GraphOptions = {}): void {
    const where = 'SummaryWriter.graph';
    const { wallTime = Date.now() / 1000 } = options;
    checkWallTime(`${where}: wallTime`, wallTime);
    const graphDef = graph instanceof Uint8Array ? graph : encodeGraph(where, graph);
    this.#checkOpen(where);
    this.#push({ wallTime, graphDef });
  }

  /**
   * Adds what one run of the graph took: time and memory of each node, by which TensorBoard can color
   * the graph.
   *
   * @param tag - name of the run of the graph (`step 100`), another for each
   * @param stats - what each node took, in any order, or a serialized RunMetadata, which is not looked
   *   into. Nodes that the graph does not have are not shown
   * @param step - a whole number from 0
   * @param options - the wall time, where it is not now
   * @throws TypeError if an argument or a node's stats are of another type
   * @throws RangeError if the tag is empty or not well-formed Unicode, the step is no non-negative safe
   *   integer, or a number is outside its range
   * @throws Error if the writer is closed
   * @throws {@link EventSinkError} if the sink has failed
   */
  runMetadata(
    tag: string,
    stats: readonly NodeStats[] | Uint8Array,
    step: number,
    options: GraphOptions = {},
  ): void {
    const where = 'SummaryWriter.runMetadata';
    const { wallTime = Date.now() / 1000 } = options;
    checkTag(`${where}: tag`, tag);
    checkStep(`${where}: step`, step);
    checkWallTime(`${where}: wallTime`, wallTime);
    const runMetadata = stats instanceof Uint8Array ? stats : encodeRunMetadata(where, stats);
    this.#checkOpen(where);
    this.#push({ wallTime, step, taggedRunMetadata: { tag, runMetadata } });
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

  #checkOpen(where: string): void {
    if (this.#closed !== undefined) {
      throw new Error(`${where}: expected an open writer, got a closed one`);
    }
    if (this.#queue.failure !== undefined) throw this.#queue.failure;
  }

  #push(content: Init<Event>): void {
    this.#queue.push(encodeRecord(encodeMessage(event, content)));
  }
}
