export interface SequenceRowsOptions {
  readonly batch: number;
  readonly time: number;
  readonly timeMajor: boolean;
  /** `[batch]`; values outside `[0, time]` count as the nearer end. */
  readonly sequenceLength: Int32Array;
}

/**
 * The rows of a flattened `[batch, time]` or `[time, batch]` array that lie within the sequences'
 * lengths, step by step: those of step `t` are the entries `starts[t]` to `starts[t + 1]` of each
 * list. Padding is in none of them.
 */
export interface SequenceRows {
  /** Row of (batch, t). */
  readonly rows: Int32Array;
  /** Row of (batch, t - 1); means nothing at the first step. */
  readonly previousRows: Int32Array;
  /** Row in an array `[batch]`. */
  readonly batchRows: Int32Array;
  readonly starts: Int32Array;
  /** Row of each sequence's last step, -1 for a sequence of length 0. */
  readonly lastRows: Int32Array;
}

export function sequenceRows({
  batch,
  time,
  timeMajor,
  sequenceLength,
}: SequenceRowsOptions): SequenceRows {
  const batchStride = timeMajor ? 1 : time;
  const timeStride = timeMajor ? batch : 1;
  const lengths = sequenceLength.map((length) => Math.min(Math.max(length, 0), time));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const rows = new Int32Array(total);
  const batchRows = new Int32Array(total);
  const starts = new Int32Array(time + 1);
  let n = 0;
  for (let t = 0; t < time; t++) {
    for (let b = 0; b < batch; b++) {
      if (t >= lengths[b]!) continue;
      rows[n] = b * batchStride + t * timeStride;
      batchRows[n] = b;
      n += 1;
    }
    starts[t + 1] = n;
  }
  return {
    rows,
    previousRows: rows.map((row) => row - timeStride),
    batchRows,
    starts,
    lastRows: lengths.map((length, b) =>
      length === 0 ? -1 : b * batchStride + (length - 1) * timeStride,
    ),
  };
}
