import util from 'node:util';

export type TensorFlowPackage = '@tensorflow/tfjs-node' | '@tensorflow/tfjs-node-gpu';

export type LoadedTensorFlow =
  | { readonly loaded: true; readonly usesGPU: boolean }
  | {
      readonly loaded: false;
      /** In words for the user. */
      readonly reason: string;
    };

interface NativeBackend {
  readonly isUsingGpuDevice: boolean;
}

/**
 * Loads TensorFlow's native library by one of its npm packages, which registers the backend
 * `tensorflow`. Both are optional: an install where they could not be had, or whose addon was never
 * fetched, is no error here.
 */
export async function loadTensorFlow(name: TensorFlowPackage): Promise<LoadedTensorFlow> {
  // tfjs-node 4.22.0 calls what Node 22 warns of and Node 23 has no longer.
  Object.assign(util, {
    isArray: Array.isArray,
    isNullOrUndefined: (value: unknown) => value === null || value === undefined,
  });
  try {
    await import(name);
  } catch (error) {
    return { loaded: false, reason: `${name} ${whyNot(error)}` };
  }
  const { findBackend } = await import('@tensorflow/tfjs-core');
  const backend = findBackend('tensorflow') as unknown as NativeBackend | null;
  if (backend === null) return { loaded: false, reason: `${name} registered no backend` };
  return { loaded: true, usesGPU: backend.isUsingGpuDevice };
}

function whyNot(error: unknown): string {
  const { code, message = '' } = error as Partial<NodeJS.ErrnoException>;
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') return 'is not installed';
  if (message.includes('native addon module')) return 'has no addon yet (pnpm native fetches it)';
  return `cannot be loaded (${message.split('\n')[0]})`;
}
