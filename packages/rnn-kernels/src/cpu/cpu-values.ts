import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { TensorInfo } from '@tensorflow/tfjs-core';

/**
 * The numbers behind a float32 tensor of the cpu backend, to be read only. They are those of the tensor
 * itself, unless a cast left integers behind it, which TensorFlow.js's does.
 */
export function floats(backend: MathBackendCPU, { dataId }: TensorInfo): Float32Array {
  const { values } = backend.data.get(dataId);
  return values instanceof Float32Array ? values : Float32Array.from(values as ArrayLike<number>);
}

/** The numbers behind an int32 tensor of the cpu backend, to be read only. */
export function integers(backend: MathBackendCPU, { dataId }: TensorInfo): Int32Array {
  const { values } = backend.data.get(dataId);
  return values instanceof Int32Array ? values : Int32Array.from(values as ArrayLike<number>);
}
