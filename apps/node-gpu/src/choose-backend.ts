import { enableProdMode, ready, setBackend } from '@tensorflow/tfjs-core';
import type { CoreReport } from '@unroll/rnn-kernels/wasm';
import { loadTensorFlow } from './load-tensorflow.js';

export const backendChoices = ['auto', 'tensorflow', 'wasm', 'cpu'] as const;
export type BackendChoice = (typeof backendChoices)[number];

export interface BackendOptions {
  /** Whether wasm and cpu compute by vectors of 256 bits where they can (see `ready` of `@unroll/rnn-kernels`). */
  readonly wideVectors: boolean;
}

/** The backend that computes from now on. */
export interface Backend {
  readonly name: Exclude<BackendChoice, 'auto'>;
  /** In words for the user. */
  readonly why: string;
}

/**
 * Loads and sets the backend that a user asked for. `auto` is TensorFlow's native library where it
 * finds a GPU; otherwise what is fastest without one: wasm with fused kernels on all cores
 * (docs/decisions/0004-backends.md has the figures).
 *
 * @throws Error if the backend cannot be had here, saying why
 */
export async function chooseBackend(
  choice: BackendChoice,
  options: BackendOptions,
): Promise<Backend> {
  // Otherwise the cpu backend greets every user with an advertisement of another one, and each of
  // TensorFlow's packages warns of every kernel that the other has registered before.
  enableProdMode();
  return choosers[choice](options);
}

type Chooser = (options: BackendOptions) => Promise<Backend>;

const choosers: Readonly<Record<BackendChoice, Chooser>> = {
  auto: chooseFastest,
  tensorflow: chooseTensorFlow,
  async wasm(options) {
    return { name: 'wasm', why: `as asked for, ${await useWasm(options)}` };
  },
  async cpu(options) {
    return { name: 'cpu', why: `as asked for, ${await useCPU(options)}` };
  },
};

async function chooseFastest(options: BackendOptions): Promise<Backend> {
  const gpu = await loadTensorFlow('@tensorflow/tfjs-node-gpu');
  if (gpu.loaded && gpu.usesGPU) {
    const how = await useTensorFlow();
    return { name: 'tensorflow', why: `@tensorflow/tfjs-node-gpu found a GPU, ${how}` };
  }
  const reason = gpu.loaded ? '@tensorflow/tfjs-node-gpu found no GPU' : gpu.reason;
  return { name: 'wasm', why: `${await useWasm(options)}; ${reason}` };
}

async function chooseTensorFlow(): Promise<Backend> {
  const reasons: string[] = [];
  for (const name of ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const) {
    const result = await loadTensorFlow(name);
    if (result.loaded) {
      const how = await useTensorFlow();
      const where = result.usesGPU ? 'the GPU' : 'the CPU';
      return { name: 'tensorflow', why: `${name}, on ${where}, ${how}` };
    }
    reasons.push(result.reason);
  }
  throw new Error(`--backend tensorflow: ${reasons.join('; ')}`);
}

async function useTensorFlow(): Promise<string> {
  await import('@unroll/rnn-kernels/tensorflow');
  await use('tensorflow');
  return 'with fused kernels';
}

async function useWasm(options: BackendOptions): Promise<string> {
  const { ready: startKernels } = await import('@unroll/rnn-kernels/wasm');
  await use('wasm');
  return describe(startKernels(options));
}

async function useCPU(options: BackendOptions): Promise<string> {
  await import('@tensorflow/tfjs-backend-cpu');
  const { ready: startKernels } = await import('@unroll/rnn-kernels/cpu');
  await use('cpu');
  return describe(startKernels(options));
}

/** Without the kernels' core the same is computed, only slower. */
async function describe(starting: Promise<CoreReport>): Promise<string> {
  try {
    const { threads, wideVectors, reason } = await starting;
    const fused = `with fused kernels on ${threads} thread${threads === 1 ? '' : 's'}${wideVectors ? ', wide vectors' : ''}`;
    return reason === undefined ? fused : `${fused}: ${reason}`;
  } catch (error) {
    return `step by step: ${(error as Error).message}`;
  }
}

async function use(name: string): Promise<void> {
  if (!(await setBackend(name))) throw new Error(`--backend ${name}: it does not start here`);
  await ready();
}
