import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { Host } from './host.js';

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
      const values = new Float32Array(shape.reduce((a, b) => a * b, 1));
      return { info: cpu.makeTensorInfo([...shape], 'float32', values), values };
    },
  };
}
