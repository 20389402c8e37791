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
  return [...Array(parts).keys()].map((part) => {
    const order = sorted.filter((_, i) => Math.floor(i / 4) % parts === part);
    const own = order.map((b) => lengths[b]!);
    const alive = new Int32Array(time);
    let rows = own.length;
    for (let step = 0; step < time; step++) {
      while (rows > 0 && own[rows - 1]! <= step) rows -= 1;
      alive[step] = rows;
    }
    return { order, lengths: own, alive };
  });
}
