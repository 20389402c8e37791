import type { Engine } from '../sequence/register-sequence-kernels.js';
import { type BlockShape, narrowBlock, wideBlock, widenVectors } from './block-shape.js';
import { setBlock, startCore } from './core.js';
import { oneThread, startThreads, whyAlone } from './threads.js';

/** What {@link ready} found. */
export interface CoreReport {
  /** Threads that a pass is split over. */
  readonly threads: number;
  /** Whether products round once, with relaxed SIMD's multiply-add. */
  readonly relaxedSIMD: boolean;
  /** Whether vectors are of 256 bits. */
  readonly wideVectors: boolean;
  /** Why there are fewer threads or narrower vectors than wanted, and what would mend it; absent where there are not. */
  readonly reason?: string;
}

export interface ReadyOptions {
  /** Threads in all. Default: as many as the processor runs, at most 8. */
  readonly threads?: number;
  /**
   * Lets the engine join pairs of 128-bit vectors to 256-bit ones, with the same numbers to the bit. This sets
   * a flag of V8's, `--experimental-wasm-revectorize`, for the whole program, so that it concerns the
   * WebAssembly of others too; code that the engine has compiled for speed before stays as it is, so ask
   * before the first sequence. Node 24 and newer, x64 with AVX2. Default: false.
   */
  readonly wideVectors?: boolean;
}

const mostThreads = 8;

let shared: Engine | undefined;
let failure: Error | undefined;

/** The core of this program, started at the first call; undefined where it cannot be. */
export function sharedEngine(): Engine | undefined {
  if (shared === undefined && failure === undefined) {
    try {
      const core = startCore();
      shared = { core, threads: oneThread(core) };
    } catch (error) {
      failure = error as Error;
    }
  }
  return shared;
}

/** Ends when the last call of {@link ready} has: two at once would start threads twice. */
let settled: Promise<unknown> = Promise.resolve();

/**
 * Starts threads, and ends those that an earlier call has started. Without it everything runs on one; so
 * it does where threads cannot share memory (a page that is not cross-origin isolated), where this thread
 * may not wait for them (a page's main thread), and where they do not start (a content security policy
 * without `blob:` in `worker-src`): `reason` says so.
 *
 * @param options - how many, and of which vectors
 * @returns what there is now
 * @throws RangeError if `threads` is not a whole number from 1
 * @throws Error if the engine has no WebAssembly with SIMD or forbids it: loops then are composed
 */
export async function ready({
  threads,
  wideVectors = false,
}: ReadyOptions = {}): Promise<CoreReport> {
  if (threads !== undefined && !(Number.isSafeInteger(threads) && threads >= 1)) {
    throw new RangeError(`ready: threads: expected a whole number from 1, got ${threads}`);
  }
  const engine = sharedEngine();
  if (engine === undefined) throw failure!;
  const wanted = threads ?? Math.min(globalThis.navigator?.hardwareConcurrency ?? 1, mostThreads);
  const change = settled.then(async () => {
    const narrow = wideVectors ? widenVectors() : undefined;
    const block = wideVectors && narrow === undefined ? wideBlock : narrowBlock(globalThis);
    const alone = await changeThreads(engine, wanted, block);
    return [narrow, alone].filter((reason) => reason !== undefined);
  });
  settled = change;
  const reasons = await change;
  const report = {
    threads: engine.threads.count,
    relaxedSIMD: engine.core.relaxed,
    wideVectors: engine.core.block.columns === wideBlock.columns,
  };
  return reasons.length === 0 ? report : { ...report, reason: reasons.join('; ') };
}

/** Gives the engine so many threads, or one and the reason. */
async function changeThreads(
  engine: Engine,
  wanted: number,
  block: BlockShape,
): Promise<string | undefined> {
  const { core, threads } = engine;
  const { rows, columns } = core.block;
  const same = rows === block.rows && columns === block.columns;
  if (same && wanted === threads.count && threads.whole) return undefined;
  engine.threads = oneThread(core);
  await threads.stop();
  setBlock(core, block);
  if (wanted === 1) return undefined;
  const alone = whyAlone(core);
  if (alone !== undefined) return alone;
  try {
    engine.threads = await startThreads(core, wanted);
    return undefined;
  } catch (error) {
    return `a thread did not start: ${error instanceof Error ? error.message : String(error)}`;
  }
}
