import { type Spread, spreadOf } from '../statistics.ts';
import { IdxProcess } from './idx-process.ts';
import { bundleWorker } from './worker-bundle.ts';

export interface RaceIdxOptions {
  /** The raw file and the gzipped one. */
  readonly files: readonly string[];
  readonly python: string | undefined;
  readonly rounds: number;
}

export interface IdxRace {
  /** Milliseconds, by `process task`. */
  readonly times: ReadonlyMap<string, Spread>;
  /** Python's and numpy's, where they took part. */
  readonly numpy: string | undefined;
}

/** glibc then asks Linux for huge pages, as numpy does by itself. */
const hugePages = { GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1' };

const tasks: readonly (readonly [process: string, task: string])[] = [
  ['numpy', 'scaled'],
  ['node', 'scaled'],
  ['huge', 'scaled'],
  ['small', 'scaled'],
  ['numpy', 'scaled-divided'],
  ['numpy', 'scaled-into'],
  ['node', 'scaled-into'],
  ['node', 'zlib'],
  ['node', 'gzip'],
  ['node', 'gzip-hash'],
  ['node', 'zlib-one-chunk'],
  ['core', 'gzip-core'],
  ['numpy', 'wide'],
  ['node', 'wide'],
  ['node', 'wide-node'],
  ['huge', 'wide-node'],
];

/**
 * All tasks by turns, one at a time, round after round.
 *
 * @throws Error when numpy's floats are others than ours
 */
export async function raceIdx({ files, python, rounds }: RaceIdxOptions): Promise<IdxRace> {
  const javascript = await bundleWorker('javascript-worker');
  const flags = ['--expose-gc'];
  const node = { command: process.execPath, flags, program: javascript, files };
  const processes = new Map([
    ['node', new IdxProcess(node)],
    // Apart: streams leave buffers detached, and V8 then looks twice at all others.
    ['core', new IdxProcess(node)],
    ['huge', new IdxProcess({ ...node, environment: hugePages })],
  ]);
  if (python !== undefined) {
    const program = new URL('../../python/idx_worker.py', import.meta.url);
    processes.set('numpy', new IdxProcess({ command: python, program, files }));
    const environment = { NUMPY_MADVISE_HUGEPAGE: '0' };
    processes.set('small', new IdxProcess({ command: python, program, files, environment }));
  }
  const hashes = new Set<string>();
  for (const one of processes.values()) hashes.add(await one.ask<string>('check'));
  if (hashes.size !== 1) throw new Error(`the floats differ: ${[...hashes].join(', ')}`);

  const times = new Map<string, number[]>();
  // The first two rounds are for compilers to warm up.
  for (let round = -2; round < rounds; round++) {
    for (const [name, task] of tasks) {
      const one = processes.get(name);
      if (one === undefined) continue;
      const milliseconds = await one.ask<number>(task);
      const key = `${name} ${task}`;
      if (round >= 0) times.set(key, [...(times.get(key) ?? []), milliseconds]);
    }
  }
  const numpy = await processes.get('numpy')?.ask<string>('version');
  for (const one of processes.values()) one.end();
  return { times: new Map([...times].map(([key, all]) => [key, spreadOf(all)])), numpy };
}

/** Peaks of `arrayBuffers` in bytes, each in a process of its own. */
export async function measurePeaks(
  files: readonly string[],
): Promise<{ readonly raw: number; readonly gzip: number }> {
  const program = new URL('peak-worker.ts', import.meta.url);
  const peak = async (task: string): Promise<number> => {
    const flags = ['--expose-gc'];
    const one = new IdxProcess({ command: process.execPath, flags, program, files });
    const bytes = await one.ask<number>(task);
    one.end();
    return bytes;
  };
  return { raw: await peak('raw'), gzip: await peak('gzip') };
}
