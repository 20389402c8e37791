import type { DataId, TensorInfo } from '@tensorflow/tfjs-core';
import type { Host } from './host.js';
import { LateEntry, type LateNumbers } from './late-numbers.js';

/** What the wasm backend keeps of a tensor's numbers. */
interface WasmEntry {
  /** The number that kernels know it by. */
  readonly id: number;
  /** Its place in the heap. */
  readonly memoryOffset: number;
}

/** What this uses of TensorFlow.js's wasm backend. */
interface WasmBackend {
  makeOutput(shape: number[], dtype: 'float32'): TensorInfo;
  typedArrayFromHeap(tensor: TensorInfo): Float32Array | Int32Array;
  readonly dataIdMap: {
    get(dataId: DataId): WasmEntry;
    set(dataId: DataId, entry: WasmEntry): void;
    delete(dataId: DataId): boolean;
  };
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
    lateOutput(shape, numbers) {
      const info: TensorInfo = { dataId: {}, shape: [...shape], dtype: 'float32' };
      wasm.dataIdMap.set(info.dataId, new LateWasmEntry(wasm, info, numbers));
      return info;
    },
  };
}

/** No place and no number of the heap; the backend may free them. */
const nowhere: WasmEntry = { id: 0, memoryOffset: 0 };

/** It has a place in the heap when somebody has looked. */
class LateWasmEntry extends LateEntry implements WasmEntry {
  readonly #wasm: WasmBackend;
  readonly #info: TensorInfo;
  readonly shape: number[];
  readonly dtype = 'float32';
  #place: WasmEntry = nowhere;

  constructor(wasm: WasmBackend, info: TensorInfo, numbers: LateNumbers) {
    super(numbers);
    this.#wasm = wasm;
    this.#info = info;
    this.shape = info.shape;
  }

  get id(): number {
    this.look();
    return this.#place.id;
  }

  get memoryOffset(): number {
    this.look();
    return this.#place.memoryOffset;
  }

  protected takePlace(): Float32Array {
    const { dataIdMap } = this.#wasm;
    if (this.#place === nowhere) {
      const { dataId } = this.#wasm.makeOutput(this.shape, this.dtype);
      this.#place = dataIdMap.get(dataId);
      dataIdMap.delete(dataId);
    }
    return this.#wasm.typedArrayFromHeap(this.#info) as Float32Array;
  }
}
