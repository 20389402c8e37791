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
  const sorted = Array.from({ length: batch }, (_, b) => b).toSorted(
    (a, b) => lengths[b]! - lengths[a]!,
  );
  const hands: number[][] = Array.from({ length: parts }, () => []);
  for (const [i, b] of sorted.entries()) hands[Math.floor(i / 4) % parts]!.push(b);
  return hands.map((hand) => {
    const order = Int32Array.from(hand);
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
