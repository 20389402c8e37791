import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import type { Handle } from './native-backend.js';
import { Ops } from './ops.js';

/** One call of a kernel. */
export interface KernelCall<Attrs> {
  readonly ops: Ops;
  /** By the kernel's names. */
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly attrs: Attrs;
}

/**
 * A kernel that keeps nothing beyond its call.
 *
 * @param compute - gives the result, or the results in the kernel's order
 */
export function scopedKernel<Attrs>(
  kernelName: string,
  compute: (call: KernelCall<Attrs>) => Handle | readonly Handle[],
): KernelConfig {
  return {
    kernelName,
    backendName: 'tensorflow',
    kernelFunc({ inputs, attrs, backend }) {
      const ops = new Ops(backend);
      try {
        const named = inputs as Readonly<Record<string, TensorInfo>>;
        const results = compute({ ops, inputs: named, attrs: attrs as Attrs });
        return 'id' in results ? ops.output(results) : results.map((handle) => ops.output(handle));
      } finally {
        ops.dispose();
      }
    },
  };
}
