import {
  controlWords,
  lookingOrder,
  makeControl,
  mostParts,
  throwFailure,
} from './control-words.js';
import type { Core } from './core.js';
import { startWorker } from './start-worker.js';
import { spinFor } from './worker-program.js';

/** Runs parts of a pass at the same time, on the thread that calls too. */
export interface Threads {
  readonly count: number;
  /**
   * Each thread takes one after the other, so that one that is slower, or has less of a core, takes fewer.
   *
   * @param parts - as many as `mostParts` at most
   * @throws Error if one throws, when all have come to an end
   */
  run(operation: number, parts: readonly number[]): void;
  /** Ends the other threads. */
  stop(): Promise<void>;
}

/** One thread, after another. */
export function oneThread({ exports }: Core): Threads {
  return {
    count: 1,
    run(operation, parts) {
      for (const part of parts) exports.run(operation, part);
    },
    async stop() {},
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
  const { module, memory, blockRows } = core;
  const control = makeControl();
  const ordersOf = (thread: number): readonly number[][] =>
    Array.from({ length: mostParts + 1 }, (_, parts) => lookingOrder(thread, count, parts));
  const orders = ordersOf(0);
  const starts = await Promise.allSettled(
    Array.from({ length: count - 1 }, (_, i) =>
      startWorker({ module, memory, control, blockRows, orders: ordersOf(i + 1) }),
    ),
  );
  const workers = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  const stop = async (): Promise<void> => {
    await Promise.all(workers.map(async (worker) => worker.terminate()));
  };
  const failure = starts.find((start) => start.status === 'rejected');
  if (failure !== undefined) {
    await stop();
    throw failure.reason;
  }
  return {
    count,
    run(operation, parts) {
      if (parts.length === 1) {
        core.exports.run(operation, parts[0]!);
        return;
      }
      beginTurn(control, operation, parts);
      try {
        takeParts(core, control, orders[parts.length]!);
      } finally {
        // Whatever happens here: others still work in memory that the caller gives back after this.
        awaitOthers(control);
      }
      throwFailure(control);
    },
    stop,
  };
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

function takeParts({ exports }: Core, control: Int32Array, order: readonly number[]): void {
  const { free, operation, parts, pending } = controlWords;
  for (const at of order) {
    if (Atomics.exchange(control, free + at, 0) === 0) continue;
    try {
      exports.run(control[operation]!, control[parts + at]!);
    } finally {
      Atomics.sub(control, pending, 1);
    }
  }
}

function awaitOthers(control: Int32Array): void {
  const { pending } = controlWords;
  const until = performance.now() + spinFor;
  for (let left = Atomics.load(control, pending); left > 0; left = Atomics.load(control, pending)) {
    if (performance.now() > until) Atomics.wait(control, pending, left);
  }
}
