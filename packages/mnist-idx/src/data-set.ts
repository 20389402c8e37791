import type { DataSetOptions, ImageDtype, LabelDtype } from './data-set-options.js';
import { checkSplit, imageRows, labelRows } from './data-set-rows.js';
import { checkState, type DataSetState, EpochOrder } from './epoch-order.js';
import type { IdxArrayOf, IdxData } from './idx-array.js';
import type { MnistSplit } from './mnist.js';
import type { Rows } from './rows.js';
import { toSeed } from './seed.js';

/** Some examples: images and, in the same order, their labels. The memory is the caller's own. */
export interface Batch<Image extends ImageDtype = ImageDtype, OneHot extends boolean = boolean> {
  /** Shape `[batch, rows * columns]`, or `[batch, rows, columns, 1]` without `reshape`. */
  readonly images: IdxArrayOf<Image>;
  /** Shape `[batch]`, or `[batch, numClasses]` with `oneHot`. */
  readonly labels: IdxArrayOf<LabelDtype<OneHot>>;
}

/**
 * Memory of the caller's that a batch is written to, for images, labels or both. What is not given
 * is made anew. It has to have exactly the type and length of the batch.
 */
export interface BatchMemory<Image extends ImageDtype, OneHot extends boolean> {
  readonly images?: IdxData[Image];
  readonly labels?: IdxData[LabelDtype<OneHot>];
}

/** Options of {@link DataSet.batch}. */
export interface BatchOptions<
  Image extends ImageDtype = ImageDtype,
  OneHot extends boolean = boolean,
> {
  /** Where the batch goes. Default: memory of its own. */
  readonly into?: BatchMemory<Image, OneHot>;
  /**
   * Whether float images are from 0 to 1. Without, they are 0 to 255, which is far less work, for
   * whoever multiplies by `Math.fround(1 / 255)` elsewhere, to the same bits. Default: true.
   */
  readonly scale?: boolean;
}

/** Options of {@link DataSet.nextBatch}. */
export interface NextBatchOptions<
  Image extends ImageDtype = ImageDtype,
  OneHot extends boolean = boolean,
> extends BatchOptions<Image, OneHot> {
  /** Shuffle before the first epoch, and at each wrap into the next. Default: true. */
  readonly shuffle?: boolean;
}

/** Options of {@link DataSet.batches}. */
export interface BatchesOptions {
  /** Also give the last batch where it is not full. Default: false. */
  readonly keepLast?: boolean;
}

/**
 * Examples in batches: TensorFlow 1's `DataSet`, to the order of its batches for a given seed.
 *
 * The examples are kept as bytes; floats are made for a batch when it is asked for.
 */
export class DataSet<Image extends ImageDtype = 'float32', OneHot extends boolean = false> {
  readonly numExamples: number;

  readonly #images: Rows<Image>;
  readonly #labels: Rows<LabelDtype<OneHot>>;
  readonly #order: EpochOrder;

  /**
   * @param split - uint8 images `[n, rows, columns]` and uint8 labels `[n]`, kept, not copied: do
   *   not write to them afterwards
   * @throws TypeError when `dtype` is unknown, or `split` is not uint8
   * @throws RangeError when shapes do not fit, the seed is no safe integer, or a one-hot label has
   *   no place
   */
  constructor(split: MnistSplit, options: DataSetOptions<Image, OneHot> = {}) {
    this.numExamples = checkSplit(split);
    this.#images = imageRows(split.images, options);
    this.#labels = labelRows(split.labels, options);
    this.#order = new EpochOrder(this.numExamples, toSeed(options.seed, 'DataSet'));
  }

  /**
   * All images in the order of the file, whatever was shuffled (TensorFlow 1's are in the order of
   * the last shuffle). Read only: float32 ones are made at the first call, four times the size of
   * the file, and kept; uint8 ones are the bytes that were loaded.
   */
  get images(): IdxArrayOf<Image> {
    return this.#images.all;
  }

  /** All labels in the order of the file. Read only, like {@link DataSet.images}. */
  get labels(): IdxArrayOf<LabelDtype<OneHot>> {
    return this.#labels.all;
  }

  /** Shape of one image in a batch: `[rows * columns]`, or `[rows, columns, 1]`. */
  get imageShape(): readonly number[] {
    return this.#images.shape;
  }

  /** What the generator was seeded with, 0 to 2^31 - 2. */
  get seed(): number {
    return this.#order.seed;
  }

  /** How often {@link DataSet.nextBatch} has gone past the last example. */
  get epochsCompleted(): number {
    return this.#order.epochsCompleted;
  }

  /**
   * The next examples. A batch that goes past the end of the epoch has the rest of it first, and
   * is filled up from the start of the next.
   *
   * With `shuffle` the examples are shuffled before the first epoch and at each wrap, in the order
   * that `numpy.random.seed(seed)` and `numpy.random.shuffle` give. Each DataSet has a generator of
   * its own. In TensorFlow 1 all share numpy's global one, seeded anew by each DataSet that is
   * made: the same order while only one of them (and nothing else) draws from it.
   *
   * @param batchSize - an integer from 1 to `numExamples`
   * @throws RangeError for any other, and when memory that is given has another length
   * @throws TypeError when it is of another type
   */
  nextBatch(
    batchSize: number,
    options: NextBatchOptions<Image, OneHot> = {},
  ): Batch<Image, OneHot> {
    const { shuffle = true, into = {}, scale = true } = options;
    this.#checkBatchSize(batchSize, 'nextBatch');
    this.#checkMemory(into, batchSize, 'nextBatch');
    const rows = this.#order.next(batchSize, shuffle);
    return {
      images: this.#images.pick(rows, { into: into.images, scale }),
      labels: this.#labels.pick(rows, { into: into.labels }),
    };
  }

  /**
   * The examples from `start` up to `end` in the order of the file, whatever was shuffled.
   *
   * @throws RangeError when they are not whole numbers in order from 0 to `numExamples`, or memory
   *   that is given has another length
   * @throws TypeError when it is of another type
   */
  batch(
    start: number,
    end: number,
    options: BatchOptions<Image, OneHot> = {},
  ): Batch<Image, OneHot> {
    const { into = {}, scale = true } = options;
    const inOrder = 0 <= start && start <= end && end <= this.numExamples;
    if (!inOrder || !Number.isInteger(start) || !Number.isInteger(end)) {
      const expected = `expected integers in order from 0 to ${this.numExamples}`;
      throw new RangeError(`DataSet.batch: start, end: ${expected}, got ${start}, ${end}`);
    }
    this.#checkMemory(into, end - start, 'batch');
    return {
      images: this.#images.range(start, end, { into: into.images, scale }),
      labels: this.#labels.range(start, end, { into: into.labels }),
    };
  }

  /**
   * Where {@link DataSet.nextBatch} is, to be kept as JSON. A data set of the same examples, whatever
   * its seed, that is given it by {@link DataSet.restore} draws the same batches from there on, bit
   * for bit.
   */
  state(): DataSetState {
    return this.#order.state;
  }

  /**
   * Goes to where a state was taken, in mid-epoch too. It is done by shuffling as often as had been
   * shuffled, about 2 ms for each epoch of 55,000 examples.
   *
   * @throws RangeError when it is no state of a data set of so many examples
   * @throws TypeError when it is no object
   */
  restore(state: DataSetState): void {
    checkState(state, this.numExamples);
    this.#order.restore(state);
  }

  /**
   * Walks all examples once, in the order of the file, in full batches: 429 of 128 for 55,000
   * examples. The examples left over are dropped unless `keepLast`. It has no part in
   * {@link DataSet.nextBatch}: neither moves the other.
   *
   * @param batchSize - an integer from 1 to `numExamples`
   * @throws RangeError for any other, at the call
   */
  batches(
    batchSize: number,
    options: BatchesOptions = {},
  ): Generator<Batch<Image, OneHot>, void, undefined> {
    const { keepLast = false } = options;
    this.#checkBatchSize(batchSize, 'batches');
    return this.#walk(batchSize, keepLast);
  }

  *#walk(batchSize: number, keepLast: boolean): Generator<Batch<Image, OneHot>, void, undefined> {
    for (let start = 0; start < this.numExamples; start += batchSize) {
      const end = Math.min(start + batchSize, this.numExamples);
      if (end - start < batchSize && !keepLast) return;
      yield this.batch(start, end);
    }
  }

  #checkMemory(into: BatchMemory<Image, OneHot>, count: number, method: string): void {
    this.#images.checkMemory(into.images, count, `DataSet.${method}: into.images`);
    this.#labels.checkMemory(into.labels, count, `DataSet.${method}: into.labels`);
  }

  #checkBatchSize(batchSize: number, method: string): void {
    if (Number.isInteger(batchSize) && batchSize >= 1 && batchSize <= this.numExamples) return;
    const expected =
      this.numExamples === 0
        ? 'a data set that has examples'
        : `an integer from 1 to ${this.numExamples}`;
    const got = this.numExamples === 0 ? 'an empty one' : batchSize;
    throw new RangeError(`DataSet.${method}: batchSize: expected ${expected}, got ${got}`);
  }
}
