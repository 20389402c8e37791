/** A thread's rows of a batch. */
export interface DealtRows {
  /** Places in the batch, the longest sequence first. */
  readonly order: Int32Array;
  /** Their lengths. */
  readonly lengths: Int32Array;
  /** For each step the number of rows that reach it. */
  readonly alive: Int32Array;
}

export interface DealRowsOptions {
  readonly batch: number;
  readonly time: number;
  /** `[batch]`, each in `[0, time]`. */
  readonly lengths: Int32Array;
  readonly parts: number;
}

/** Deals the rows of a batch to threads: whole groups of 4 of about the same length, in turn. */
export function dealRows({ batch, time, lengths, parts }: DealRowsOptions): DealtRows[] {
  const sorted = Int32Array.from({ length: batch }, (_, b) => b);
  if (lengths.some((length) => length !== lengths[0])) {
    sorted.sort((a, b) => lengths[b]! - lengths[a]!);
  }
  return Array.from({ length: parts }, (_, part) => {
    const rows: number[] = [];
    for (let group = 4 * part; group < batch; group += 4 * parts) {
      for (let i = group; i < Math.min(group + 4, batch); i++) rows.push(sorted[i]!);
    }
    const order = Int32Array.from(rows);
    const own = order.map((b) => lengths[b]!);
    const alive = new Int32Array(time);
    let left = own.length;
    for (let step = 0; step < time; step++) {
      while (left > 0 && own[left - 1]! <= step) left -= 1;
      alive[step] = left;
    }
    return { order, lengths: own, alive };
  });
}
