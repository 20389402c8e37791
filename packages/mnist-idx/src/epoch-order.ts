import { RandomState } from './random-state.js';

/**
 * Where a `DataSet` is in its order of shuffled batches. Plain numbers, for JSON; what they are is
 * the data set's own business.
 */
export interface DataSetState {
  readonly numExamples: number;
  readonly seed: number;
  readonly shuffles: number;
  readonly indexInEpoch: number;
  readonly epochsCompleted: number;
}

/** The order in which examples are drawn: TensorFlow 1's, epoch after epoch. */
export class EpochOrder {
  #seed: number;
  #random: RandomState;
  /** The rows in the order of the running epoch; each shuffle starts from the one before. */
  #rows: Uint32Array;
  #shuffles = 0;
  #indexInEpoch = 0;
  #epochsCompleted = 0;

  constructor(numExamples: number, seed: number) {
    this.#seed = seed;
    this.#random = new RandomState(seed);
    this.#rows = fileOrder(numExamples);
  }

  get seed(): number {
    return this.#seed;
  }

  get epochsCompleted(): number {
    return this.#epochsCompleted;
  }

  /** The next rows: the rest of the epoch and the start of the next where that is too short. */
  next(batchSize: number, shuffle: boolean): Uint32Array {
    const start = this.#indexInEpoch;
    // 0 before the first batch only: every wrap leaves a batch's last examples behind it.
    if (shuffle && start === 0) this.#shuffle();
    const rest = this.#rows.slice(start, start + batchSize);
    this.#indexInEpoch = start + batchSize;
    if (rest.length === batchSize) return rest;

    this.#epochsCompleted += 1;
    if (shuffle) this.#shuffle();
    this.#indexInEpoch = batchSize - rest.length;
    const rows = new Uint32Array(batchSize);
    rows.set(rest);
    rows.set(this.#rows.subarray(0, this.#indexInEpoch), rest.length);
    return rows;
  }

  get state(): DataSetState {
    return {
      numExamples: this.#rows.length,
      seed: this.#seed,
      shuffles: this.#shuffles,
      indexInEpoch: this.#indexInEpoch,
      epochsCompleted: this.#epochsCompleted,
    };
  }

  /** Goes to where `state` was taken: by shuffling as often as had been shuffled. */
  restore(state: DataSetState): void {
    const { seed, shuffles, indexInEpoch, epochsCompleted } = state;
    if (seed !== this.#seed || shuffles < this.#shuffles) {
      this.#seed = seed;
      this.#random = new RandomState(seed);
      this.#rows = fileOrder(this.#rows.length);
      this.#shuffles = 0;
    }
    while (this.#shuffles < shuffles) this.#shuffle();
    this.#indexInEpoch = indexInEpoch;
    this.#epochsCompleted = epochsCompleted;
  }

  #shuffle(): void {
    this.#random.shuffle(this.#rows);
    this.#shuffles += 1;
  }
}

function fileOrder(numExamples: number): Uint32Array {
  return Uint32Array.from({ length: numExamples }, (_, row) => row);
}

/** Checks what should be a state of a data set of so many examples. */
export function checkState(state: DataSetState, numExamples: number): void {
  if (typeof state !== 'object' || state === null) {
    throw new TypeError(`DataSet.restore: state: expected an object, got ${String(state)}`);
  }
  const { shuffles, indexInEpoch, epochsCompleted } = state;
  check('numExamples', state.numExamples, numExamples, numExamples);
  check('seed', state.seed, 0, 2 ** 31 - 2);
  check('epochsCompleted', epochsCompleted, 0, Number.MAX_SAFE_INTEGER - 1);
  // Once before the first epoch, and at each wrap, at most.
  check('shuffles', shuffles, 0, epochsCompleted + 1);
  check('indexInEpoch', indexInEpoch, 0, numExamples);
}

function check(what: string, got: unknown, from: number, to: number): void {
  if (Number.isSafeInteger(got) && (got as number) >= from && (got as number) <= to) return;
  const expected = from === to ? `${from}` : `an integer from ${from} to ${to}`;
  throw new RangeError(`DataSet.restore: ${what}: expected ${expected}, got ${String(got)}`);
}
