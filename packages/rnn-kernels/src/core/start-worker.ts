import { workerProgram, type WorkerStart } from './worker-program.js';

/** A thread that runs the worker program, to be ended by whoever started it. */
export interface RunningWorker {
  terminate(): Promise<unknown> | void;
  /** Whether it has ended by itself. */
  readonly gone: boolean;
}

/**
 * Starts a thread, and waits until it serves.
 *
 * @throws Error that says why, if it does not start; nothing is left of it then
 */
export async function startWorker(start: WorkerStart): Promise<RunningWorker> {
  const { process } = globalThis as { readonly process?: { versions?: { node?: string } } };
  return process?.versions?.node === undefined ? startWebWorker(start) : startNodeWorker(start);
}

/** What this uses of Node's worker threads; this package has no types of Node's. */
interface NodeWorker {
  once(event: 'error', listener: (error: Error) => void): void;
  once(event: 'exit' | 'message', listener: () => void): void;
  terminate(): Promise<number>;
  unref(): void;
}

type NodeWorkerClass = new (
  source: string,
  options: { readonly eval: true; readonly workerData: WorkerStart },
) => NodeWorker;

async function startNodeWorker(workerData: WorkerStart): Promise<RunningWorker> {
  // By a name in a variable, so that no bundler for pages looks for it.
  const name = 'node:worker_threads';
  const { Worker: NodeWorker } = (await import(name)) as { Worker: NodeWorkerClass };
  const source = `${workerProgram}
const { parentPort, workerData } = require('node:worker_threads');
serve(workerData, () => parentPort.postMessage('ready'));`;
  const worker = new NodeWorker(source, { eval: true, workerData });
  await new Promise<void>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('it has ended')));
  });
  // Now, and no sooner: a thread that waits for turns keeps no program alive.
  worker.unref();
  let gone = false;
  worker.once('exit', () => {
    gone = true;
  });
  return {
    terminate: async () => worker.terminate(),
    get gone() {
      return gone;
    },
  };
}

const forbidden = 'a content security policy has to allow blob: in worker-src';

async function startWebWorker(start: WorkerStart): Promise<RunningWorker> {
  const source = `${workerProgram}
onmessage = ({ data }) => serve(data, () => postMessage('ready'));`;
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  try {
    const worker = openWorker(url);
    await new Promise<void>((resolve, reject) => {
      worker.addEventListener('message', () => resolve(), { once: true });
      const fail = ({ message }: Partial<ErrorEvent>): void => {
        worker.terminate();
        // A worker that a policy forbids fails without a word.
        reject(new Error(message ?? forbidden));
      };
      worker.addEventListener('error', fail, { once: true });
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has none
      worker.postMessage(start);
    });
    let gone = false;
    worker.addEventListener('error', () => {
      gone = true;
    });
    return {
      terminate: () => worker.terminate(),
      get gone() {
        return gone;
      },
    };
  } finally {
    URL.revokeObjectURL(url);
  }
}

function openWorker(url: string): Worker {
  try {
    return new Worker(url);
  } catch (error) {
    // Some engines say so at once.
    throw new Error(forbidden, { cause: error });
  }
}
