import { enableProdMode, ready, setBackend } from '@tensorflow/tfjs-core';
import util from 'node:util';
import { NotHereError } from './serve.ts';

export type BackendName = 'cpu' | 'tensorflow' | 'wasm';

interface KernelOptions {
  readonly threads: number;
  readonly wideVectors: boolean;
}

/** What a `@unroll/rnn-kernels` entry exports. */
interface Kernels {
  ready?(options: KernelOptions): Promise<{ readonly reason?: string }>;
}

const loaders: Readonly<Record<BackendName, () => Promise<unknown>>> = {
  cpu: () => import('@tensorflow/tfjs-backend-cpu'),
  wasm: () => import('@tensorflow/tfjs-backend-wasm'),
  tensorflow: loadTensorFlow,
};

/**
 * Loads and sets a backend of TensorFlow.js.
 *
 * @throws NotHereError if it cannot be had on this machine
 */
export async function useBackend(name: BackendName): Promise<void> {
  enableProdMode();
  await loaders[name]();
  if (!(await setBackend(name))) throw new NotHereError(`backend ${name} does not start`);
  await ready();
}

/**
 * Loads the kernels for a backend and starts their threads.
 *
 * @throws NotHereError if `@unroll/rnn-kernels` has none for it, or not all that is wanted
 */
export async function useKernels(name: BackendName, options: KernelOptions): Promise<void> {
  const kernels = await importKernels(name);
  const report = await kernels.ready?.(options);
  if (report?.reason !== undefined) throw new NotHereError(report.reason);
}

async function importKernels(name: BackendName): Promise<Kernels> {
  // By a name in a variable: an entry that is not there yet is no error before it is asked for.
  const entry = `@unroll/rnn-kernels/${name}`;
  try {
    return (await import(entry)) as Kernels;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_PACKAGE_PATH_NOT_EXPORTED') throw error;
    throw new NotHereError(`${entry} does not exist`);
  }
}

async function loadTensorFlow(): Promise<void> {
  // tfjs-node 4.22.0 calls what Node 22 warns of and Node 23 has no longer.
  Object.assign(util, {
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  });
  const name = '@tensorflow/tfjs-node';
  try {
    await import(name);
  } catch (error) {
    const { message } = error as Error;
    const reason = message.includes('native addon module') ? 'has no addon' : message;
    throw new NotHereError(`${name} ${reason.split('\n')[0]}`);
  }
}
