import type { Engine } from '../sequence/register-sequence-kernels.js';
import { startCore } from './core.js';
import { canWait, oneThread, startThreads } from './threads.js';

/** What {@link ready} found. */
export interface CoreReport {
  /** Threads that a pass is split over. */
  readonly threads: number;
  /** Whether products round once, with relaxed SIMD's multiply-add. */
  readonly relaxedSIMD: boolean;
}

export interface ReadyOptions {
  /** Threads in all. Default: as many as the processor runs, at most 8. */
  readonly threads?: number;
}

const mostThreads = 8;

let shared: Engine | undefined;
let failure: unknown;

/** The core of this program, started at the first call; undefined where it cannot be. */
export function sharedEngine(): Engine | undefined {
  if (shared === undefined && failure === undefined) {
    try {
      const core = startCore();
      shared = { core, threads: oneThread(core) };
    } catch (error) {
      failure = error;
    }
  }
  return shared;
}

/**
 * Starts threads. Without it everything runs on one; so it does where threads cannot share memory (a page
 * that is not cross-origin isolated), or where this thread may not wait for them (a page's main thread).
 *
 * @param options - how many
 * @returns what there is now
 * @throws RangeError if `threads` is not a whole number from 1
 * @throws Error if the engine has no WebAssembly with SIMD or forbids it: loops then are composed
 */
export async function ready({ threads }: ReadyOptions = {}): Promise<CoreReport> {
  if (threads !== undefined && !(Number.isSafeInteger(threads) && threads >= 1)) {
    throw new RangeError(`ready: threads: expected a whole number from 1, got ${threads}`);
  }
  const engine = sharedEngine();
  if (engine === undefined) {
    throw new Error(`rnn-kernels: the SIMD core does not start here: ${String(failure)}`, {
      cause: failure,
    });
  }
  const { core } = engine;
  const wanted = threads ?? Math.min(globalThis.navigator?.hardwareConcurrency ?? 1, mostThreads);
  if (wanted !== engine.threads.count) {
    const possible = wanted > 1 && core.shared && canWait();
    engine.threads = possible ? await startThreads(core, wanted) : oneThread(core);
  }
  return { threads: engine.threads.count, relaxedSIMD: core.relaxed };
}
