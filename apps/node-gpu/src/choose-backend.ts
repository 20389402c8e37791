import { enableProdMode, ready, setBackend } from '@tensorflow/tfjs-core';
import type { CellKind } from '@unroll/models';
import { loadTensorFlow } from './load-tensorflow.js';

export const backendChoices = ['auto', 'tensorflow', 'wasm', 'cpu'] as const;
export type BackendChoice = (typeof backendChoices)[number];

/** The backend that computes from now on. */
export interface Backend {
  readonly name: Exclude<BackendChoice, 'auto'>;
  /** In words for the user. */
  readonly why: string;
}

/** The cells that `@unroll/rnn-kernels/cpu` has kernels for. */
const fusedCells: ReadonlySet<CellKind> = new Set(['basic-rnn']);

/**
 * Loads and sets the backend that a user asked for. `auto` is TensorFlow's native library where it
 * finds a GPU; otherwise what is fastest without one: the cpu for a cell that it has fused kernels for,
 * wasm for another (docs/decisions/0004-backends.md has the figures).
 *
 * @throws Error if the backend cannot be had here, saying why
 */
export async function chooseBackend(choice: BackendChoice, cell: CellKind): Promise<Backend> {
  // Otherwise the cpu backend greets every user with an advertisement of another one, and each of
  // TensorFlow's packages warns of every kernel that the other has registered before.
  enableProdMode();
  return choosers[choice](cell);
}

const choosers: Readonly<Record<BackendChoice, (cell: CellKind) => Promise<Backend>>> = {
  auto: chooseFastest,
  tensorflow: chooseTensorFlow,
  async wasm() {
    await useWasm();
    return { name: 'wasm', why: 'as asked for' };
  },
  async cpu(cell) {
    await useCPU();
    const kernels = fusedCells.has(cell) ? ', with fused kernels' : '';
    return { name: 'cpu', why: `as asked for${kernels}` };
  },
};

async function chooseFastest(cell: CellKind): Promise<Backend> {
  const gpu = await loadTensorFlow('@tensorflow/tfjs-node-gpu');
  if (gpu.loaded && gpu.usesGPU) {
    await use('tensorflow');
    return { name: 'tensorflow', why: '@tensorflow/tfjs-node-gpu found a GPU' };
  }
  const reason = gpu.loaded ? '@tensorflow/tfjs-node-gpu found no GPU' : gpu.reason;
  if (!fusedCells.has(cell)) {
    await useWasm();
    return { name: 'wasm', why: `no fused kernels for ${cell} yet; ${reason}` };
  }
  await useCPU();
  return { name: 'cpu', why: `with fused kernels; ${reason}` };
}

async function chooseTensorFlow(): Promise<Backend> {
  const reasons: string[] = [];
  for (const name of ['@tensorflow/tfjs-node-gpu', '@tensorflow/tfjs-node'] as const) {
    const result = await loadTensorFlow(name);
    if (result.loaded) {
      await use('tensorflow');
      return { name: 'tensorflow', why: `${name}, on ${result.usesGPU ? 'the GPU' : 'the CPU'}` };
    }
    reasons.push(result.reason);
  }
  throw new Error(`--backend tensorflow: ${reasons.join('; ')}`);
}

async function useWasm(): Promise<void> {
  await import('@tensorflow/tfjs-backend-wasm');
  await use('wasm');
}

async function useCPU(): Promise<void> {
  await import('@tensorflow/tfjs-backend-cpu');
  await import('@unroll/rnn-kernels/cpu');
  await use('cpu');
}

async function use(name: string): Promise<void> {
  if (!(await setBackend(name))) throw new Error(`--backend ${name}: it does not start here`);
  await ready();
}
