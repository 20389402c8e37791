import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';

/** The numbers behind a float32 tensor of the cpu backend, not a copy. */
export function floats(backend: MathBackendCPU, { dataId }: TensorInfo): Float32Array {
  return backend.data.get(dataId).values as Float32Array;
}

/** The numbers behind an int32 tensor of the cpu backend, not a copy. */
export function integers(backend: MathBackendCPU, { dataId }: TensorInfo): Int32Array {
  return backend.data.get(dataId).values as Int32Array;
}
