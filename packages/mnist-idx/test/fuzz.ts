import { inspect } from 'node:util';

/** What is tried, how often, and what must hold. */
export interface Fuzz {
  readonly name: string;
  readonly runs: number;
  readonly seed: number;
  /** Input number `run`. */
  make(run: number): Uint8Array;
  /** Reads the input. What it throws goes to `refuses`. */
  read(bytes: Uint8Array): unknown;
  /** Throws unless this result is right for the input. */
  accepts(result: unknown, bytes: Uint8Array): void;
  /** Throws unless this error is right for the input. */
  refuses(error: unknown, bytes: Uint8Array): void;
  /** How many bytes reading this input may take. */
  mayTake(bytes: Uint8Array): number;
}

/** How often each came out. */
export interface Tally {
  accepted: number;
  refused: number;
  /** The most that reading one input took, in bytes. */
  mostBytes: number;
}

/** Reads every input, and throws at the first that breaks a law, with what repeats it. */
export async function fuzz(task: Fuzz): Promise<Tally> {
  const tally: Tally = { accepted: 0, refused: 0, mostBytes: 0 };
  for (let run = 0; run < task.runs; run++) {
    const bytes = task.make(run);
    try {
      await one(task, bytes, tally);
    } catch (error) {
      const input = Buffer.from(bytes).toString('hex');
      const where = `${task.name}, seed ${task.seed}, input ${run}: ${input.slice(0, 2000)}`;
      throw new Error(`${where}\n${inspect(error)}`, { cause: error });
    }
  }
  return tally;
}

async function one(task: Fuzz, bytes: Uint8Array, tally: Tally): Promise<void> {
  const before = process.memoryUsage().arrayBuffers;
  let result: unknown;
  let error: unknown;
  let isRefused = false;
  try {
    result = task.read(bytes);
    if (result instanceof Promise) result = await result;
  } catch (thrown) {
    error = thrown;
    isRefused = true;
  }
  // What was freed in between hides what was taken; but not in every run.
  const taken = process.memoryUsage().arrayBuffers - before;
  tally.mostBytes = Math.max(tally.mostBytes, taken);
  if (taken > task.mayTake(bytes)) {
    throw new Error(`expected at most ${task.mayTake(bytes)} bytes to be taken, got ${taken}`);
  }
  if (isRefused) task.refuses(error, bytes);
  else task.accepts(result, bytes);
  tally[isRefused ? 'refused' : 'accepted'] += 1;
}
