/// <reference lib="esnext.disposable" preserve="true" />
import { checkObject } from './checks/check-object.js';
import type { EventSink } from './event-sink.js';
import { EventWriter } from './event-writer.js';
import { encodeGraph } from './graph/encode-graph.js';
import { encodeRunMetadata } from './graph/encode-run-metadata.js';
import type { GraphNode } from './graph/graph-node.js';
import type { NodeStats } from './graph/node-stats.js';
import type { ImageInput, ImagesInput } from './images/image-input.js';
import { embeddingFiles } from './projector/embedding-files.js';
import type { EmbeddingOptions } from './projector/embedding-options.js';
import { Projector } from './projector/projector.js';
import { RecordQueue } from './record-queue.js';
import {
  type AudioOptions,
  audioSummary,
  type CustomScalarsLayout,
  customScalarsSummary,
  type EventOptions,
  type HistogramCounts,
  type HistogramOptions,
  histogramRawSummary,
  histogramSummary,
  type HParam,
  type HParamsOptions,
  HParamsSession,
  type ImagesOptions,
  imagesSummary,
  imageSummary,
  isPlainScalar,
  type Mesh,
  type MeshOptions,
  meshSummary,
  type PRCurveCounts,
  type PRCurveInput,
  type PRCurveOptions,
  prCurveRawSummary,
  prCurveSummary,
  scalarsSummary,
  scalarSummary,
  type SummaryOptions,
  type TextInput,
  textSummary,
} from './summaries/index.js';
import { type SummaryWriterOptions, withDefaults } from './summary-writer-options.js';
import type { NumbersInput } from './values/numbers.js';
import type { TensorLike } from './values/tensor-like.js';

/**
 * Writes one TensorBoard event file. Events are held back and written together (see
 * {@link SummaryWriterOptions}); end with {@link SummaryWriter.close}, or with `await using`, which
 * closes it too.
 *
 * TensorBoard reads the files of a directory one after another in the order of their names, so a
 * directory takes one live writer at a time.
 *
 * What all methods that log have in common: `tag` is the name, in which slashes group; `step` is a
 * whole number from 0, which should grow with each tag, for TensorBoard takes a step back for a
 * restart and drops what is there from that step on. Numbers come in arrays, with a shape, or in
 * TensorFlow.js tensors, which stay the caller's and may be disposed right after the call. A call
 * never waits for the sink: {@link SummaryWriter.flush} does. It throws, before anything is
 * written, a `TypeError` if an argument is of another type, a `RangeError` if it is outside its
 * range, an `Error` if the writer is closed, and an {@link EventSinkError} if the sink has failed.
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
  readonly #events: EventWriter;
  readonly #session: HParamsSession = new HParamsSession();
  readonly #projector: Projector;
  #closed: Promise<void> | undefined;

  /**
   * Starts an event file: the first event, its version, goes into the queue.
   *
   * @param sink - where the bytes go; the writer owns it from here, and closes it
   * @param options - how long events are held back
   * @throws TypeError if the sink is none, or an option no number
   * @throws RangeError if an option is outside its range
   */
  constructor(sink: EventSink, options: SummaryWriterOptions = {}) {
    const { purgeStep, ...queue } = withDefaults('SummaryWriter', options);
    this.#queue = new RecordQueue(sink, queue);
    this.#events = new EventWriter(this.#queue);
    this.#projector = new Projector(this.#queue);
    this.#events.addStart(purgeStep);
  }

  /**
   * Adds a point to a curve.
   *
   * @param value - stored as float32, so past 3.4e38 it becomes an infinity; NaN and the infinities
   *   are written, and TensorBoard marks them
   */
  scalar(
    tag: string,
    value: number | TensorLike,
    step: number,
    options: SummaryOptions = {},
  ): void {
    const where = this.#events.check('scalar', tag, step, options);
    if (isPlainScalar(value, options)) this.#events.addScalar(tag, value, step, options);
    else this.#events.addSummary(step, options, scalarSummary(where, tag, value, options));
  }

  /** Adds a point to several curves, `tag/name` for each name, in one event. */
  scalars(
    tag: string,
    values: Readonly<Record<string, number | TensorLike>>,
    step: number,
    options: SummaryOptions = {},
  ): void {
    const where = this.#events.check('scalars', tag, step, options);
    this.#events.addSummary(step, options, scalarsSummary(where, tag, values, options));
  }

  /** Counts values in buckets of equal widths, for the histogram and distribution tabs. */
  histogram(tag: string, values: NumbersInput, step: number, options: HistogramOptions = {}): void {
    const where = this.#events.check('histogram', tag, step, options);
    this.#events.addSummary(step, options, histogramSummary(where, tag, values, options));
  }

  /** A histogram of counts that are there already. */
  histogramRaw(
    tag: string,
    histogram: HistogramCounts,
    step: number,
    options: SummaryOptions = {},
  ): void {
    const where = this.#events.check('histogramRaw', tag, step, options);
    this.#events.addSummary(step, options, histogramRawSummary(where, tag, histogram, options));
  }

  /** One image: see {@link ImageInput}. */
  image(tag: string, image: ImageInput, step: number, options: SummaryOptions = {}): void {
    const where = this.#events.check('image', tag, step, options);
    this.#events.addSummary(step, options, imageSummary(where, tag, image, options));
  }

  /** The first images of a batch, `[batch, height, width]` or with channels, or of an array. */
  images(tag: string, images: ImagesInput, step: number, options: ImagesOptions = {}): void {
    const where = this.#events.check('images', tag, step, options);
    this.#events.addSummary(step, options, imagesSummary(where, tag, images, options));
  }

  /** Sound in [-1, 1], of shape `[frames]`, `[frames, channels]` or `[batch, frames, channels]`. */
  audio(tag: string, samples: NumbersInput, step: number, options: AudioOptions = {}): void {
    const where = this.#events.check('audio', tag, step, options);
    this.#events.addSummary(step, options, audioSummary(where, tag, samples, options));
  }

  /** Text in Markdown; an array, or rows of cells, is shown as a table. */
  text(tag: string, text: TextInput, step: number, options: SummaryOptions = {}): void {
    const where = this.#events.check('text', tag, step, options);
    this.#events.addSummary(step, options, textSummary(where, tag, text, options));
  }

  /** Precision and recall of a binary classifier at evenly spread thresholds. */
  prCurve(tag: string, input: PRCurveInput, step: number, options: PRCurveOptions = {}): void {
    const where = this.#events.check('prCurve', tag, step, options);
    this.#events.addSummary(step, options, prCurveSummary(where, tag, input, options));
  }

  /** A precision-recall curve that is there already. */
  prCurveRaw(tag: string, curve: PRCurveCounts, step: number, options: SummaryOptions = {}): void {
    const where = this.#events.check('prCurveRaw', tag, step, options);
    this.#events.addSummary(step, options, prCurveRawSummary(where, tag, curve, options));
  }

  /** A triangle mesh, or points in space. */
  mesh(tag: string, mesh: Mesh, step: number, options: MeshOptions = {}): void {
    const where = this.#events.check('mesh', tag, step, options);
    this.#events.addSummary(step, options, meshSummary(where, tag, mesh, options));
  }

  /**
   * The hyperparameters of this run, once: its row in the table of the hparams tab, whose columns
   * are these and the run's scalars. The run counts as running until {@link SummaryWriter.endSession}
   * or {@link SummaryWriter.close}, which takes it for a success.
   */
  hparams(values: Readonly<Record<string, HParam>>, options: HParamsOptions = {}): void {
    checkObject('SummaryWriter.hparams: options', options);
    const { step = 0, wallTime } = options;
    const where = this.#events.check('hparams', 'hparams', step, { wallTime });
    this.#events.addSummary(step, { wallTime }, this.#session.begin(where, values, options));
  }

  /** Ends the run that {@link SummaryWriter.hparams} began. */
  endSession(status: 'success' | 'failure' = 'success', options: EventOptions = {}): void {
    const where = this.#events.check('endSession', 'hparams', 0, options);
    this.#events.addSummary(0, options, this.#session.end(where, status, options.wallTime));
  }

  /** The charts of the custom scalars tab: several tags as lines, or lines with bands. */
  customScalars(layout: CustomScalarsLayout, options: EventOptions = {}): void {
    const where = this.#events.check('customScalars', 'layout', 0, options);
    this.#events.addSummary(0, options, customScalarsSummary(`${where}: layout`, layout));
  }

  /**
   * Points for the projector, of shape `[points, dimensions]`, as files beside the event file: the
   * sink needs {@link EventSink.writeFile}. The files of one tag and step replace each other.
   */
  embedding(
    tag: string,
    vectors: NumbersInput,
    step: number,
    options: EmbeddingOptions = {},
  ): void {
    const where = this.#events.check('embedding', tag, step, {});
    checkObject(`${where}: options`, options);
    this.#projector.checkSink(where);
    this.#events.add(embeddingFiles(where, { tag, step }, vectors, options), (files) => {
      this.#projector.add(files);
    });
  }

  /**
   * The run's graph: of several, TensorBoard shows the last.
   *
   * @param graph - nodes (`traceGraph` makes them of a function), or a serialized GraphDef, which is not
   *   looked into
   */
  graph(graph: readonly GraphNode[] | Uint8Array, options: EventOptions = {}): void {
    const where = this.#events.check('graph', 'graph', 0, options);
    this.#events.addEvent(options, { graphDef: encodeGraph(where, graph) });
  }

  /**
   * What one run of the graph took, for TensorBoard to color the graph by.
   *
   * @param tag - another for each run: `step 100`
   * @param stats - what each node took, or a serialized RunMetadata, which is not looked into
   */
  runMetadata(
    tag: string,
    stats: readonly NodeStats[] | Uint8Array,
    step: number,
    options: EventOptions = {},
  ): void {
    const where = this.#events.check('runMetadata', tag, step, options);
    const runMetadata = encodeRunMetadata(where, stats);
    this.#events.addEvent(options, { step, taggedRunMetadata: { tag, runMetadata } });
  }

  /**
   * Resolves when all events so far are in the sink and the sink is flushed; on disk that is a sync
   * of the file's data. On a closed writer it waits for the close.
   *
   * @throws {@link EventSinkError} (as a rejection) if the sink fails, or has failed before
   */
  flush(): Promise<void> {
    return this.#closed ?? this.#events.flush();
  }

  /**
   * Flushes, then closes the sink, even one that has failed. Closing again is harmless, and gives
   * the outcome of the first time.
   *
   * @throws {@link EventSinkError} (as a rejection) if the sink fails, or has failed before
   */
  close(): Promise<void> {
    this.#closed ??= this.#end();
    return this.#closed;
  }

  /**
   * As {@link SummaryWriter.flush}, before it returns, for handlers of signals and of the end of a
   * process: `openLogdir` has one for the end already. Without the numbers that a GPU still holds,
   * for which it cannot wait.
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

  #end(): Promise<void> {
    // After a failure nothing is written any more.
    if (this.#session.isRunning && this.#queue.failure === undefined) {
      this.#events.addSummary(0, {}, this.#session.end('SummaryWriter.close', 'success'));
    }
    return this.#events.close();
  }
}
