import { backend, engine, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';

/** What the wasm backend has of its own. */
interface HeapBackend {
  makeOutput(shape: number[], dtype: 'float32'): TensorInfo;
  typedArrayFromHeap(info: TensorInfo): Float32Array;
}

/** A tensor, and where its numbers are. */
export interface FloatTensor {
  readonly tensor: Tensor;
  /** Unset at first. To be written to at once: the next tensor may move the heap. */
  readonly memory: Float32Array;
}

/** A float32 tensor to be filled where it is; undefined where the backend has no heap to write to. */
export function floatTensor(shape: number[]): FloatTensor | undefined {
  const current = backend();
  if (!hasHeap(current)) return undefined;
  const info = current.makeOutput(shape, 'float32');
  const tensor = engine().makeTensorFromTensorInfo(info);
  const memory = current.typedArrayFromHeap(info);
  return { tensor, memory };
}

function hasHeap(current: object): current is HeapBackend {
  return 'makeOutput' in current && 'typedArrayFromHeap' in current;
}
