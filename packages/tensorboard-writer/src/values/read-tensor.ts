import type { Later } from './later.js';
import type { Numbers } from './numbers.js';
import type { TensorLike } from './tensor-like.js';

/**
 * The numbers of a tensor. On WebGPU, which has no good synchronous read, they come later.
 *
 * @throws TypeError if it holds no real numbers
 * @throws RangeError if it is disposed
 */
export function readTensor(where: string, tensor: TensorLike): Later<Numbers> {
  const { dtype, shape } = tensor;
  if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') {
    throw new TypeError(`${where}: expected a tensor of real numbers, got one of ${dtype}`);
  }
  if (tensor.isDisposed) {
    throw new RangeError(`${where}: expected a live tensor, got a disposed one`);
  }
  const numbersOf = (data: unknown): Numbers => ({
    data: data as ArrayLike<number>,
    shape: [...shape],
    integer: dtype === 'int32',
  });
  if (!isOnWebGPU()) {
    try {
      return numbersOf(tensor.dataSync());
    } catch {
      // A backend may know no synchronous read; what else is wrong, the other read says too.
    }
  }
  const numbers = readLater(tensor, numbersOf);
  // Another argument may be refused, and then nobody waits for this one.
  numbers.catch(() => {});
  return numbers;
}

/** Reads a clone, for the caller may dispose the tensor meanwhile, or end the `tidy` around it. */
async function readLater(
  tensor: TensorLike,
  numbersOf: (data: unknown) => Numbers,
): Promise<Numbers> {
  const clone = tensor.clone();
  clone.kept = true;
  try {
    return numbersOf(await clone.data());
  } finally {
    clone.dispose();
  }
}

/**
 * Whether the backend in use is WebGPU, whose `dataSync` goes through a canvas, where there is one,
 * and complains. All copies of TensorFlow.js share one engine under this global name.
 */
function isOnWebGPU(): boolean {
  const { _tfengine: engine } = globalThis as { _tfengine?: { readonly backendName?: string } };
  return engine?.backendName === 'webgpu';
}
