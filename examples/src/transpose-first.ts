/*
 * Importing this makes training on TensorFlow.js's wasm backend several times faster: its product of
 * matrices is quick only where neither is to be read transposed, and gradients always read one so. Here
 * the wasm backend transposes the matrix first, and then multiplies.
 */
import '@tensorflow/tfjs-backend-wasm';
import {
  BatchMatMul,
  getKernel,
  type KernelBackend,
  type KernelFunc,
  registerKernel,
  type TensorInfo,
  Transpose,
  unregisterKernel,
} from '@tensorflow/tfjs-core';

const multiply = getKernel(BatchMatMul, 'wasm');
const transpose = getKernel(Transpose, 'wasm').kernelFunc;

const kernelFunc: KernelFunc = ({ inputs, attrs, backend }) => {
  const swap = (x: TensorInfo): TensorInfo => {
    const axes = x.shape.map((_, axis) => axis);
    const perm = [...axes.slice(0, -2), axes.at(-1)!, axes.at(-2)!];
    return transpose({ inputs: { x }, attrs: { perm }, backend }) as TensorInfo;
  };
  const a = attrs!['transposeA'] === true ? swap(inputs['a']!) : inputs['a']!;
  const b = attrs!['transposeB'] === true ? swap(inputs['b']!) : inputs['b']!;
  const product = multiply.kernelFunc({
    inputs: { a, b },
    attrs: { transposeA: false, transposeB: false },
    backend,
  });
  for (const x of [a, b]) {
    if (x !== inputs['a'] && x !== inputs['b']) (backend as KernelBackend).disposeData(x.dataId);
  }
  return product;
};

unregisterKernel(BatchMatMul, 'wasm');
registerKernel({ ...multiply, kernelFunc });
