import type { Core } from './core.js';

/** Runs shares of a pass at the same time, the first one on the thread that calls. */
export interface Threads {
  readonly count: number;
  run(operation: number, parts: readonly number[]): void;
}

/** One thread, after another. */
export function oneThread({ exports }: Core): Threads {
  return {
    count: 1,
    run(operation, parts) {
      for (const part of parts) exports.run(operation, part);
    },
  };
}

/** Places in the control words that all threads share. */
const turn = 0;
const pending = 1;
const operationAt = 2;
const firstPart = 3;

/**
 * Longer than a pass of a small network takes to begin, shorter than anyone would miss: what a thread
 * looks for its next turn before it sleeps, in milliseconds.
 */
const spinFor = 2;

/** The program of the other threads; it has to be whole in itself. */
const program = `
const serve = ({ module, memory, control, index, blockRows }) => {
  const { run, setBlockRows } = new WebAssembly.Instance(module, { env: { memory } }).exports;
  setBlockRows(blockRows);
  let seen = 0;
  for (;;) {
    const until = performance.now() + ${spinFor};
    while (Atomics.load(control, ${turn}) === seen && performance.now() < until);
    Atomics.wait(control, ${turn}, seen);
    if (Atomics.load(control, ${turn}) === seen) continue;
    seen = Atomics.load(control, ${turn});
    const part = control[${firstPart} + index];
    if (part !== 0) {
      run(control[${operationAt}], part);
      if (Atomics.sub(control, ${pending}, 1) === 1) Atomics.notify(control, ${pending});
    }
  }
};`;

interface WorkerStart {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly control: Int32Array;
  readonly index: number;
  readonly blockRows: number;
}

/** Whether this thread may sleep; a page's main thread may not. */
export function canWait(): boolean {
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
 * @throws Error if a thread does not start
 */
export async function startThreads(core: Core, count: number): Promise<Threads> {
  const { module, memory, blockRows } = core;
  const control = new Int32Array(new SharedArrayBuffer(4 * (firstPart + count)));
  const starts = Array.from({ length: count - 1 }, (_, i) =>
    startWorker({ module, memory, control, index: i + 1, blockRows }),
  );
  await Promise.all(starts);
  return {
    count,
    run(operation, parts) {
      const others = parts.length - 1;
      if (others > 0) {
        control[operationAt] = operation;
        for (let i = 1; i < count; i++) control[firstPart + i] = parts[i] ?? 0;
        Atomics.store(control, pending, others);
        Atomics.add(control, turn, 1);
        Atomics.notify(control, turn);
      }
      core.exports.run(operation, parts[0]!);
      const until = performance.now() + spinFor;
      for (
        let left = Atomics.load(control, pending);
        left > 0;
        left = Atomics.load(control, pending)
      ) {
        if (performance.now() > until) Atomics.wait(control, pending, left);
      }
    },
  };
}

async function startWorker(start: WorkerStart): Promise<void> {
  const { process } = globalThis as { readonly process?: { versions?: { node?: string } } };
  await (process?.versions?.node === undefined ? startWebWorker(start) : startNodeWorker(start));
}

/** What this uses of Node's worker threads; this package has no types of Node's. */
type NodeWorkerClass = new (
  source: string,
  options: { readonly eval: true; readonly workerData: WorkerStart },
) => {
  once(event: 'error', listener: (error: Error) => void): void;
  once(event: 'message', listener: () => void): void;
  unref(): void;
};

async function startNodeWorker(workerData: WorkerStart): Promise<void> {
  // By a name in a variable, so that no bundler for pages looks for it.
  const name = 'node:worker_threads';
  const { Worker: NodeWorker } = (await import(name)) as { Worker: NodeWorkerClass };
  const source = `${program}
const { parentPort, workerData } = require('node:worker_threads');
parentPort.postMessage('ready');
serve(workerData);`;
  const worker = new NodeWorker(source, { eval: true, workerData });
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
  });
  // Now, and no sooner: a thread that waits for turns keeps no program alive.
  worker.unref();
}

async function startWebWorker(start: WorkerStart): Promise<void> {
  const source = `${program}
onmessage = ({ data }) => { postMessage('ready'); serve(data); };`;
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  try {
    const worker = new Worker(url);
    await new Promise<void>((resolve, reject) => {
      worker.addEventListener('message', () => resolve(), { once: true });
      worker.addEventListener('error', () => reject(new Error('a worker did not start')), {
        once: true,
      });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
      worker.postMessage(start);
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}
