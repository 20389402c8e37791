import { awaitOthers, patienceFor } from './await-others.js';
import { controlWords, failureOf, lookingOrder, makeControl, mostParts } from './control-words.js';
import type { Core } from './core.js';
import { type RunningWorker, startWorker } from './start-worker.js';

/** A pass that has begun. */
export interface Turn {
  /**
   * Helps with what is left, and waits for the others.
   *
   * @throws Error if a part threw, when all have come to an end; again at each call
   */
  end(): void;
}

/** Runs parts of a pass at the same time, on the thread that calls too. */
export interface Threads {
  readonly count: number;
  /** Whether all of them are there. */
  readonly whole: boolean;
  /**
   * Begins a pass, on the other threads; one that has begun before comes to its end first.
   *
   * Each thread takes one part after the other, so that one that is slower, or has less of a core, takes
   * fewer.
   *
   * @param parts - as many as `mostParts` at most
   * @param onEnd - called once, when no thread works on it any more
   * @throws Error if a thread got lost in an earlier pass
   */
  begin(operation: number, parts: readonly number[], onEnd: () => void): Turn;
  /** Ends the other threads. */
  stop(): Promise<void>;
}

/** Runs a pass from its beginning to its end. */
export function runPass(threads: Threads, operation: number, parts: readonly number[]): void {
  threads.begin(operation, parts, () => {}).end();
}

/** One thread, after another. */
export function oneThread({ exports }: Core): Threads {
  return {
    count: 1,
    whole: true,
    begin(operation, parts, onEnd) {
      return endedTurn(() => {
        for (const part of parts) exports.run(operation, part);
      }, onEnd);
    },
    async stop() {},
  };
}

/** A turn that comes to its end at once. */
function endedTurn(work: () => void, onEnd: () => void): Turn {
  try {
    work();
    return { end() {} };
  } catch (error) {
    return failedTurn(error);
  } finally {
    onEnd();
  }
}

function failedTurn(failure: unknown): Turn {
  return {
    end() {
      throw failure;
    },
  };
}

/** Why there can be no other threads here; undefined where there can be. */
export function whyAlone({ shared }: Core): string | undefined {
  if (!shared) {
    return 'threads need shared memory, which a page has only where it is cross-origin isolated';
  }
  return canWait()
    ? undefined
    : "a page's main thread may not wait for others: run the network in a worker";
}

function canWait(): boolean {
  try {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 1);
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts `count - 1` more threads.
 *
 * @throws Error if a thread does not start; none is left running then
 */
export async function startThreads(core: Core, count: number): Promise<Threads> {
  const { module, memory, block } = core;
  const control = makeControl();
  const ordersOf = (thread: number): readonly number[][] =>
    Array.from({ length: mostParts + 1 }, (_, parts) => lookingOrder(thread, count, parts));
  const starts = await Promise.allSettled(
    Array.from({ length: count - 1 }, (_, i) =>
      startWorker({ module, memory, control, block, orders: ordersOf(i + 1) }),
    ),
  );
  const workers = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const threads = new WorkerThreads(core, { control, workers, orders: ordersOf(0) });
  const failure = starts.find((start) => start.status === 'rejected');
  if (failure !== undefined) {
    await threads.stop();
    throw failure.reason;
  }
  return threads;
}

interface WorkerThreadsOptions {
  readonly control: Int32Array;
  readonly workers: readonly RunningWorker[];
  /** For each number of parts the order in which the calling thread looks at them. */
  readonly orders: readonly (readonly number[])[];
}

class WorkerThreads implements Threads {
  readonly count: number;
  readonly #core: Core;
  readonly #options: WorkerThreadsOptions;
  #running: WorkerTurn | undefined;
  #lost: Error | undefined;
  /** The longest time that a part took on this thread. */
  #longestPart = 0;

  constructor(core: Core, options: WorkerThreadsOptions) {
    this.count = options.workers.length + 1;
    this.#core = core;
    this.#options = options;
  }

  get whole(): boolean {
    return this.#lost === undefined && !this.#options.workers.some((worker) => worker.gone);
  }

  begin(operation: number, parts: readonly number[], onEnd: () => void): Turn {
    this.#running?.finish();
    if (this.#lost !== undefined) throw this.#lost;
    if (parts.length === 1) {
      return endedTurn(() => this.#core.exports.run(operation, parts[0]!), onEnd);
    }
    beginTurn(this.#options.control, operation, parts);
    this.#running = new WorkerTurn(() => this.#finish(parts.length), onEnd);
    return this.#running;
  }

  async stop(): Promise<void> {
    this.#running?.finish();
    await Promise.all(this.#options.workers.map(async (worker) => worker.terminate()));
  }

  #finish(parts: number): Finish {
    this.#running = undefined;
    const { control, orders } = this.#options;
    const failure = this.#takeParts(orders[parts]!);
    // Whatever happened here: others still work in memory that is given back after this.
    if (!awaitOthers(control, patienceFor(this.#longestPart))) {
      this.#lost = new Error(
        'rnn-kernels: expected all threads to end their parts of a pass, got no answer from one for so long that it must be gone; start threads anew by ready()',
      );
      return { failure: this.#lost, ended: false };
    }
    return { failure: failure ?? failureOf(control), ended: true };
  }

  /** What the first part that threw here has thrown. */
  #takeParts(order: readonly number[]): unknown {
    const { control } = this.#options;
    const { free, operation, parts, pending } = controlWords;
    let failure: unknown;
    for (const at of order) {
      if (Atomics.exchange(control, free + at, 0) === 0) continue;
      const begin = performance.now();
      try {
        this.#core.exports.run(control[operation]!, control[parts + at]!);
      } catch (error) {
        failure ??= error;
      }
      Atomics.sub(control, pending, 1);
      this.#longestPart = Math.max(this.#longestPart, performance.now() - begin);
    }
    return failure;
  }
}

interface Finish {
  readonly failure: unknown;
  /** Whether no thread works on the pass any more. */
  readonly ended: boolean;
}

/** A pass that other threads may still be working on. */
class WorkerTurn implements Turn {
  readonly #finish: () => Finish;
  readonly #onEnd: () => void;
  #done: Finish | undefined;

  constructor(finish: () => Finish, onEnd: () => void) {
    this.#finish = finish;
    this.#onEnd = onEnd;
  }

  finish(): Finish {
    if (this.#done === undefined) {
      this.#done = this.#finish();
      if (this.#done.ended) this.#onEnd();
    }
    return this.#done;
  }

  end(): void {
    const { failure } = this.finish();
    if (failure !== undefined) throw failure;
  }
}

function beginTurn(control: Int32Array, operation: number, parts: readonly number[]): void {
  control[controlWords.operation] = operation;
  control.set(parts, controlWords.parts);
  Atomics.store(control, controlWords.failed, 0);
  control[controlWords.count] = parts.length;
  Atomics.store(control, controlWords.pending, parts.length);
  // Last of all: a thread that is still awake may take one from here on.
  for (let i = 0; i < parts.length; i++) Atomics.store(control, controlWords.free + i, 1);
  Atomics.add(control, controlWords.turn, 1);
  Atomics.notify(control, controlWords.turn);
}
