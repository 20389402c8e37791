import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { Host } from './host.js';
import { LateEntry, type LateNumbers } from './late-numbers.js';
import { sizeOf } from './size-of.js';

type TensorData = ReturnType<MathBackendCPU['data']['get']>;

/** The cpu backend's numbers are typed arrays; a cast of TensorFlow.js's may leave those of another type behind. */
export function cpuHost(backend: unknown): Host {
  const cpu = backend as MathBackendCPU;
  return {
    floats({ dataId }) {
      const { values } = cpu.data.get(dataId);
      return values instanceof Float32Array
        ? values
        : Float32Array.from(values as ArrayLike<number>);
    },
    integers({ dataId }) {
      const { values } = cpu.data.get(dataId);
      return values instanceof Int32Array ? values : Int32Array.from(values as ArrayLike<number>);
    },
    output(shape) {
      const values = new Float32Array(sizeOf(shape));
      return { info: cpu.makeTensorInfo([...shape], 'float32', values), values };
    },
    lateOutput(shape, numbers) {
      const dataId = {};
      cpu.data.set(dataId, new LateCPUEntry(sizeOf(shape), numbers) as unknown as TensorData);
      return { dataId, shape: [...shape], dtype: 'float32' };
    },
  };
}

class LateCPUEntry extends LateEntry {
  readonly #size: number;
  readonly dtype = 'float32';
  #values = new Float32Array();

  constructor(size: number, numbers: LateNumbers) {
    super(numbers);
    this.#size = size;
  }

  get values(): Float32Array {
    this.look();
    return this.#values;
  }

  /** What the backend reads when it frees numbers, at which it does not look then. */
  get complexTensorInfos(): undefined {
    this.look();
    return undefined;
  }

  protected place(): Float32Array {
    this.#values = new Float32Array(this.#size);
    return this.#values;
  }
}
