import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import {
  type BasicRNNSequenceAttrs,
  BasicRNNSequenceGrad,
  type BasicRNNSequenceGradInputs,
} from '@unroll/rnn-cells';
import { cpuActivations } from './activations.js';
import { floats, integers } from './cpu-values.js';
import { addOuterProducts, addProducts, type Matrix, transposed } from './row-products.js';
import { sequenceRows } from './sequence-rows.js';

/**
 * `BasicRNNSequenceGrad` in typed arrays: back through the steps for the gradient by the
 * pre-activations, then one product over all steps for each half of the kernel's gradient.
 */
export const basicRNNSequenceGradKernel: KernelConfig = {
  kernelName: BasicRNNSequenceGrad,
  backendName: 'cpu',
  kernelFunc: ({ inputs, attrs, backend }) =>
    basicRNNSequenceGrad(
      inputs as unknown as BasicRNNSequenceGradInputs,
      attrs as unknown as BasicRNNSequenceAttrs,
      backend as MathBackendCPU,
    ),
};

function basicRNNSequenceGrad(
  inputs: BasicRNNSequenceGradInputs,
  { activation, timeMajor, reverse, inputGradient }: BasicRNNSequenceAttrs,
  backend: MathBackendCPU,
): TensorInfo[] {
  const [batch, units] = inputs.initialState.shape as [number, number];
  const [axis0, axis1, inputSize] = inputs.inputs.shape as [number, number, number];
  const time = timeMajor ? axis0 : axis1;
  const { rows, previousRows, batchRows, starts } = sequenceRows({
    batch,
    time,
    timeMajor,
    reverse,
    sequenceLength: integers(backend, inputs.sequenceLength),
  });
  const y = floats(backend, inputs.outputs);
  const dy = upstream(backend, inputs.dOutputs, y.length);
  const dState = upstream(backend, inputs.dFinalState, batch * units).slice();
  const dz = new Float32Array(y.length);
  const stateRows: Matrix = {
    values: floats(backend, inputs.kernel),
    offset: inputSize * units,
    rows: units,
    columns: units,
  };

  const stateRowsTransposed = transposed(stateRows);
  const { backward } = cpuActivations[activation];
  for (let t = time - 1; t >= 0; t--) {
    const from = starts[t]!;
    const to = starts[t + 1]!;
    for (let n = from; n < to; n++) {
      const at = rows[n]! * units;
      const stateAt = batchRows[n]! * units;
      for (let j = 0; j < units; j++) dz[at + j] = dy[at + j]! + dState[stateAt + j]!;
      backward(dz, y, at, at + units);
      dState.fill(0, stateAt, stateAt + units);
    }
    addProducts({ x: dz, xRows: rows, y: dState, yRows: batchRows }, stateRowsTransposed, from, to);
  }

  const dKernel = new Float32Array((inputSize + units) * units);
  const dInputRows: Matrix = { values: dKernel, offset: 0, rows: inputSize, columns: units };
  const dStateRows: Matrix = { ...stateRows, values: dKernel };
  const z = { y: dz, yRows: rows };
  const x = floats(backend, inputs.inputs);
  const first = floats(backend, inputs.initialState);
  addOuterProducts({ ...z, x, xRows: rows }, dInputRows, 0, rows.length);
  addOuterProducts({ ...z, x: first, xRows: batchRows }, dStateRows, 0, starts[1]!);
  addOuterProducts({ ...z, x: y, xRows: previousRows }, dStateRows, starts[1]!, rows.length);
  const dBias = new Float32Array(units);
  for (const row of rows) for (let j = 0; j < units; j++) dBias[j]! += dz[row * units + j]!;

  const dx = new Float32Array(inputGradient ? x.length : 1);
  if (inputGradient) {
    const inputRows: Matrix = { ...stateRows, offset: 0, rows: inputSize };
    const pairs = { x: dz, xRows: rows, y: dx, yRows: rows };
    addProducts(pairs, transposed(inputRows), 0, rows.length);
  }
  return [
    backend.makeTensorInfo(inputGradient ? inputs.inputs.shape : [1], 'float32', dx),
    backend.makeTensorInfo([inputSize + units, units], 'float32', dKernel),
    backend.makeTensorInfo([units], 'float32', dBias),
    backend.makeTensorInfo([batch, units], 'float32', dState),
  ];
}

/** An upstream gradient of `size` numbers, for zeros of which a scalar may stand. */
function upstream(backend: MathBackendCPU, tensor: TensorInfo, size: number): Float32Array {
  return tensor.shape.length === 0 ? new Float32Array(size) : floats(backend, tensor);
}
