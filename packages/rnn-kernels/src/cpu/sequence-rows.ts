export interface SequenceRowsOptions {
  readonly batch: number;
  readonly time: number;
  readonly timeMajor: boolean;
  /** Whether each row is walked from its last step, by its length, to its first. */
  readonly reverse: boolean;
  /** `[batch]`; values outside `[0, time]` count as the nearer end. */
  readonly sequenceLength: Int32Array;
}

/**
 * The rows of a flattened `[batch, time]` or `[time, batch]` array that lie within the sequences'
 * lengths, step by step as they are walked: those of the n-th step are the entries `starts[n]` to
 * `starts[n + 1]` of each list. Padding is in none of them.
 */
export interface SequenceRows {
  /** Row of (batch, time). */
  readonly rows: Int32Array;
  /** Row of the step before; means nothing at the first one. */
  readonly previousRows: Int32Array;
  /** Row in an array `[batch]`. */
  readonly batchRows: Int32Array;
  readonly starts: Int32Array;
  /** Row of the step that each sequence ends with, -1 for a sequence of length 0. */
  readonly lastRows: Int32Array;
}

export function sequenceRows(options: SequenceRowsOptions): SequenceRows {
  const { batch, time, timeMajor, reverse, sequenceLength } = options;
  const batchStride = timeMajor ? 1 : time;
  const timeStride = timeMajor ? batch : 1;
  const lengths = sequenceLength.map((length) => Math.min(Math.max(length, 0), time));
  const rowOf = (b: number, step: number): number => {
    const t = reverse ? lengths[b]! - 1 - step : step;
    return b * batchStride + t * timeStride;
  };
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const rows = new Int32Array(total);
  const batchRows = new Int32Array(total);
  const starts = new Int32Array(time + 1);
  let n = 0;
  for (let step = 0; step < time; step++) {
    for (let b = 0; b < batch; b++) {
      if (step >= lengths[b]!) continue;
      rows[n] = rowOf(b, step);
      batchRows[n] = b;
      n += 1;
    }
    starts[step + 1] = n;
  }
  return {
    rows,
    previousRows: rows.map((row) => (reverse ? row + timeStride : row - timeStride)),
    batchRows,
    starts,
    lastRows: lengths.map((length, b) => (length === 0 ? -1 : rowOf(b, length - 1))),
  };
}
