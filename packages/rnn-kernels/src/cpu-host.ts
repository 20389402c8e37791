import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { Host } from './host.js';
import { type DataEntry, fillAtFirstLook } from './late-numbers.js';

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
    lateOutput(shape, { fill, drop }) {
      const info = cpu.makeTensorInfo([...shape], 'float32');
      fillAtFirstLook(cpu.data.get(info.dataId) as unknown as DataEntry, {
        // The second one is what the backend looks at when it frees numbers, which it does not look at.
        fields: ['values', 'complexTensorInfos'],
        fill() {
          const values = new Float32Array(sizeOf(shape));
          fill(values);
          return { values };
        },
        drop,
      });
      return info;
    },
  };
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}
