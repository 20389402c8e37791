import type { DataSetOptions, ImageDtype, LabelDtype } from './data-set-options.js';
import { checkSplit, imageRows, labelRows } from './data-set-rows.js';
import type { IdxArrayOf } from './idx-array.js';
import type { MnistSplit } from './mnist.js';
import { RandomState } from './random-state.js';
import type { Rows } from './rows.js';
import { toSeed } from './seed.js';

/** Some examples: images and, in the same order, their labels. Fresh memory, the caller's own. */
export interface Batch<Image extends ImageDtype = ImageDtype, OneHot extends boolean = boolean> {
  /** Shape `[batch, rows * columns]`, or `[batch, rows, columns, 1]` without `reshape`. */
  readonly images: IdxArrayOf<Image>;
  /** Shape `[batch]`, or `[batch, numClasses]` with `oneHot`. */
  readonly labels: IdxArrayOf<LabelDtype<OneHot>>;
}

/** Options of {@link DataSet.nextBatch}. */
export interface NextBatchOptions {
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

  /** What the generator was seeded with, 0 to 2^31 - 2. */
  readonly seed: number;

  readonly #images: Rows<Image>;
  readonly #labels: Rows<LabelDtype<OneHot>>;
  readonly #random: RandomState;
  /** The rows in the order of the running epoch; each shuffle starts from the one before. */
  readonly #order: Uint32Array;
  #indexInEpoch = 0;
  #epochsCompleted = 0;

  /**
   * @param split - uint8 images `[n, rows, columns]` and uint8 labels `[n]`, kept, not copied: do
   *   not write to them afterwards
   * @throws TypeError when `dtype` is unknown, or `split` is not uint8
   * @throws RangeError when shapes do not fit, the seed is no safe integer, or a one-hot label has
   *   no place
   */
  constructor(split: MnistSplit, options: DataSetOptions<Image, OneHot> = {}) {
    this.numExamples = checkSplit(split);
    this.seed = toSeed(options.seed, 'DataSet');
    this.#images = imageRows(split.images, options);
    this.#labels = labelRows(split.labels, options);
    this.#random = new RandomState(this.seed);
    this.#order = Uint32Array.from({ length: this.numExamples }, (_, row) => row);
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

  /** How often {@link DataSet.nextBatch} has gone past the last example. */
  get epochsCompleted(): number {
    return this.#epochsCompleted;
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
   * @throws RangeError for any other
   */
  nextBatch(batchSize: number, options: NextBatchOptions = {}): Batch<Image, OneHot> {
    const { shuffle = true } = options;
    this.#checkBatchSize(batchSize, 'nextBatch');
    const start = this.#indexInEpoch;
    // 0 before the first batch only: every wrap leaves a batch's last examples behind it.
    if (shuffle && start === 0) this.#random.shuffle(this.#order);

    const rows = new Uint32Array(batchSize);
    const rest = this.#order.subarray(start, start + batchSize);
    rows.set(rest);
    this.#indexInEpoch = start + batchSize;
    if (this.#indexInEpoch > this.numExamples) {
      this.#epochsCompleted += 1;
      if (shuffle) this.#random.shuffle(this.#order);
      this.#indexInEpoch = batchSize - rest.length;
      rows.set(this.#order.subarray(0, this.#indexInEpoch), rest.length);
    }
    return { images: this.#images.pick(rows), labels: this.#labels.pick(rows) };
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
      yield { images: this.#images.range(start, end), labels: this.#labels.range(start, end) };
    }
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
