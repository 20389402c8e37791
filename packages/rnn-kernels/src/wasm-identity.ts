import {
  type DataId,
  getKernel,
  Identity,
  type KernelConfig,
  type TensorInfo,
} from '@tensorflow/tfjs-core';

/** What this uses of TensorFlow.js's wasm backend. */
interface CountingBackend {
  incRef(dataId: DataId): void;
}

/**
 * The wasm backend's own clone copies all numbers, and core clones whatever it saves for a gradient.
 * Tensors never change, and the backend counts references for its reshape, so a clone can share them.
 */
export function sharingIdentityKernel(): KernelConfig {
  const copying = getKernel(Identity, 'wasm');
  return {
    ...copying,
    kernelFunc(call) {
      const { dataId, shape, dtype } = call.inputs['x'] as TensorInfo;
      if (dtype === 'string') return copying.kernelFunc(call);
      (call.backend as CountingBackend).incRef(dataId);
      return { dataId, shape, dtype };
    },
  };
}
