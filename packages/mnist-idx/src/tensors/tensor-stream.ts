import type { DataSetState } from '../epoch-order.js';
import { type FloatDataSet, nextTensors } from './batch-tensors.js';
import type { BatchTensors } from './to-tensors.js';

/** Options of {@link tensorStream}. */
export interface TensorStreamOptions {
  /** Examples in a batch: an integer from 1 to the data set's `numExamples`. */
  readonly batchSize: number;
  /** As of `nextBatch`. Default: true. */
  readonly shuffle?: boolean;
  /** How many batches there are. Default: they never end. */
  readonly batches?: number;
  /** How many are made ahead, while whoever walks waits for something. Default: 1. */
  readonly prefetch?: number;
}

/** Batches as tensors, which whoever takes them owns. */
export interface TensorStream extends AsyncIterableIterator<BatchTensors, undefined> {
  next(): Promise<IteratorResult<BatchTensors, undefined>>;
  return(): Promise<IteratorResult<BatchTensors, undefined>>;
  /** Where the data set was after the batch last taken: to go on from there, `restore` it. */
  state(): DataSetState;
}

/**
 * Walks shuffled batches as tensors, the next of them made ahead while the walk waits: for a step
 * that ends on a GPU, as with `await loss.data()`, the next batch is there when it has ended.
 *
 * Whoever takes a batch owns its tensors. Those made ahead and not taken are disposed when the walk
 * ends, by `break` too, and the data set is then where the batch last taken left it. The walk has
 * the data set for itself meanwhile: draw from it nowhere else.
 *
 * @throws RangeError at the call, when `batchSize` is none for the data set, `batches` is not an
 *   integer from 0, or `prefetch` is not one
 */
export function tensorStream(dataSet: FloatDataSet, options: TensorStreamOptions): TensorStream {
  const { batchSize, batches = Infinity, prefetch = 1 } = options;
  dataSet.batches(batchSize);
  if (batches !== Infinity) check('batches', batches);
  check('prefetch', prefetch);
  return new PrefetchedTensors(dataSet, { ...options, batches, prefetch });
}

function check(what: string, got: number): void {
  if (Number.isSafeInteger(got) && got >= 0) return;
  throw new RangeError(`tensorStream: ${what}: expected an integer from 0, got ${got}`);
}

interface Ready {
  readonly tensors: BatchTensors;
  readonly state: DataSetState;
}

class PrefetchedTensors implements TensorStream {
  readonly #dataSet: FloatDataSet;
  readonly #options: TensorStreamOptions & { readonly prefetch: number };
  /** Batches that were not made yet. */
  #left: number;
  #ready: Ready[] = [];
  #taken: DataSetState;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failure: { readonly error: unknown } | undefined;

  constructor(
    dataSet: FloatDataSet,
    options: TensorStreamOptions & { readonly batches: number; readonly prefetch: number },
  ) {
    this.#dataSet = dataSet;
    this.#options = options;
    this.#left = options.batches;
    this.#taken = dataSet.state();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  state(): DataSetState {
    return this.#taken;
  }

  async next(): Promise<IteratorResult<BatchTensors, undefined>> {
    const first = this.#ready.shift();
    if (first === undefined && this.#failure !== undefined) {
      const { error } = this.#failure;
      await this.return();
      throw error;
    }
    if (first === undefined && this.#left === 0) return { done: true, value: undefined };
    const { tensors, state } = first ?? this.#make();
    this.#taken = state;
    this.#schedule();
    return { done: false, value: tensors };
  }

  async return(): Promise<IteratorResult<BatchTensors, undefined>> {
    clearTimeout(this.#timer);
    this.#left = 0;
    this.#failure = undefined;
    if (this.#ready.length > 0) this.#dataSet.restore(this.#taken);
    for (const { tensors } of this.#ready.splice(0)) {
      tensors.images.dispose();
      tensors.labels.dispose();
    }
    return { done: true, value: undefined };
  }

  #make(): Ready {
    const { batchSize, shuffle = true } = this.#options;
    const tensors = nextTensors(this.#dataSet, batchSize, { shuffle });
    this.#left -= 1;
    return { tensors, state: this.#dataSet.state() };
  }

  /** Makes one ahead as soon as nothing else runs, outside of any `tidy`; then the one after it. */
  #schedule(): void {
    const full = this.#ready.length >= this.#options.prefetch;
    if (full || this.#left === 0 || this.#failure !== undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      try {
        this.#ready.push(this.#make());
      } catch (error) {
        this.#failure = { error };
      }
      this.#schedule();
    });
  }
}
