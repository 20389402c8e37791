import type { DataId, TensorInfo } from '@tensorflow/tfjs-core';
import type { Host } from './host.js';
import { type DataEntry, fillAtFirstLook } from './late-numbers.js';

/** What this uses of TensorFlow.js's wasm backend. */
interface WasmBackend {
  makeOutput(shape: number[], dtype: 'float32'): TensorInfo;
  typedArrayFromHeap(tensor: TensorInfo): Float32Array | Int32Array;
  readonly dataIdMap: { get(dataId: DataId): DataEntry };
}

/** The wasm backend's numbers are views of its heap, which is another one's than our own core's. */
export function wasmHost(backend: unknown): Host {
  const wasm = backend as WasmBackend;
  return {
    floats: (tensor) => wasm.typedArrayFromHeap({ ...tensor, dtype: 'float32' }) as Float32Array,
    integers: (tensor) => wasm.typedArrayFromHeap({ ...tensor, dtype: 'int32' }) as Int32Array,
    output(shape) {
      const info = wasm.makeOutput([...shape], 'float32');
      return { info, values: wasm.typedArrayFromHeap(info) as Float32Array };
    },
    lateOutput(shape, { fill, drop }) {
      const info = wasm.makeOutput([...shape], 'float32');
      fillAtFirstLook(wasm.dataIdMap.get(info.dataId), {
        // Kernels look by the number, everything else by the place in the heap.
        fields: ['id', 'memoryOffset'],
        fill() {
          fill(wasm.typedArrayFromHeap(info) as Float32Array);
          return {};
        },
        drop,
      });
      return info;
    },
  };
}
