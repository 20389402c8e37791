import type { DataId, TensorInfo } from '@tensorflow/tfjs-core';
import type { Host } from './host.js';
import { LateEntry, type LateNumbers } from './late-numbers.js';
import { sizeOf } from './size-of.js';

/** What the wasm backend keeps of a tensor's numbers. */
interface WasmEntry {
  /** The number that kernels know it by. */
  readonly id: number;
  /** Its place in the heap. */
  readonly memoryOffset: number;
}

/** What this uses of TensorFlow.js's wasm backend. */
interface WasmBackend {
  makeOutput(shape: number[], dtype: 'float32', memoryOffset?: number): TensorInfo;
  typedArrayFromHeap(tensor: TensorInfo): Float32Array | Int32Array;
  readonly wasm: { readonly _malloc: (bytes: number) => number };
  readonly dataIdMap: {
    get(dataId: DataId): WasmEntry;
    set(dataId: DataId, entry: WasmEntry): void;
    delete(dataId: DataId): boolean;
  };
}

/** The wasm backend's numbers are views of its heap, which is another one's than our own core's. */
export function wasmHost(backend: unknown): Host {
  const wasm = backend as WasmBackend;
  const view = (tensor: TensorInfo, dtype: 'float32' | 'int32'): Float32Array | Int32Array => {
    // Numbers of another backend come here now: the heap may grow, and the view has to be of what it is then.
    wasm.dataIdMap.get(tensor.dataId);
    return wasm.typedArrayFromHeap({ ...tensor, dtype });
  };
  return {
    floats: (tensor) => view(tensor, 'float32') as Float32Array,
    integers: (tensor) => view(tensor, 'int32') as Int32Array,
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

/**
 * It has its place in the heap from the beginning: if a look took it, the heap might grow, which ends the views
 * of a kernel that looks at several tensors.
 */
class LateWasmEntry extends LateEntry implements WasmEntry {
  readonly #wasm: WasmBackend;
  readonly #info: TensorInfo;
  readonly #memoryOffset: number;
  #id: number | undefined;
  readonly shape: number[];
  readonly dtype = 'float32';

  constructor(wasm: WasmBackend, info: TensorInfo, numbers: LateNumbers) {
    super(numbers);
    this.#wasm = wasm;
    this.#info = info;
    this.shape = info.shape;
    const { _malloc: allocate } = wasm.wasm;
    // From 2 GiB on it comes as a negative number.
    this.#memoryOffset = allocate(4 * sizeOf(info.shape)) >>> 0;
  }

  /** Taken at the first look by it, which may let the heap grow: kernels that look so hold no views. */
  get id(): number {
    this.look();
    // The backend frees it: 0 is no tensor's.
    if (this.refCount === 0) return this.#id ?? 0;
    return (this.#id ??= this.#register());
  }

  get memoryOffset(): number {
    this.look();
    return this.#memoryOffset;
  }

  protected place(): Float32Array {
    return this.#wasm.typedArrayFromHeap(this.#info) as Float32Array;
  }

  #register(): number {
    const { dataIdMap } = this.#wasm;
    const { dataId } = this.#wasm.makeOutput(this.shape, this.dtype, this.#memoryOffset);
    const { id } = dataIdMap.get(dataId);
    dataIdMap.delete(dataId);
    return id;
  }
}
