import type { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import {
  BasicRNNSequence,
  type BasicRNNSequenceAttrs,
  type BasicRNNSequenceInputs,
} from '@unroll/rnn-cells';
import { cpuActivations } from './activations.js';
import { floats, integers } from './cpu-values.js';
import { addProducts, type Matrix } from './row-products.js';
import { sequenceRows } from './sequence-rows.js';

/**
 * `BasicRNNSequence` in typed arrays: one product for the inputs of all steps, then a product and an
 * activation for each step, in place in the outputs.
 */
export const basicRNNSequenceKernel: KernelConfig = {
  kernelName: BasicRNNSequence,
  backendName: 'cpu',
  kernelFunc: ({ inputs, attrs, backend }) =>
    basicRNNSequence(
      inputs as unknown as BasicRNNSequenceInputs,
      attrs as unknown as BasicRNNSequenceAttrs,
      backend as MathBackendCPU,
    ),
};

function basicRNNSequence(
  { inputs, kernel, bias, initialState, sequenceLength }: BasicRNNSequenceInputs,
  { activation, timeMajor, reverse }: BasicRNNSequenceAttrs,
  backend: MathBackendCPU,
): TensorInfo[] {
  const [batch, units] = initialState.shape as [number, number];
  const [axis0, axis1, inputSize] = inputs.shape as [number, number, number];
  const time = timeMajor ? axis0 : axis1;
  const { rows, previousRows, batchRows, starts, lastRows } = sequenceRows({
    batch,
    time,
    timeMajor,
    reverse,
    sequenceLength: integers(backend, sequenceLength),
  });
  const weights = floats(backend, kernel);
  const inputRows: Matrix = { values: weights, offset: 0, rows: inputSize, columns: units };
  const stateRows: Matrix = {
    values: weights,
    offset: inputSize * units,
    rows: units,
    columns: units,
  };
  const x = floats(backend, inputs);
  const first = floats(backend, initialState);
  const biases = floats(backend, bias);
  const y = new Float32Array(batch * time * units);

  for (const row of rows) y.set(biases, row * units);
  addProducts({ x, xRows: rows, y, yRows: rows }, inputRows, 0, rows.length);
  const { forward } = cpuActivations[activation];
  for (let t = 0; t < time; t++) {
    const from = starts[t]!;
    const to = starts[t + 1]!;
    const before = t === 0 ? { x: first, xRows: batchRows } : { x: y, xRows: previousRows };
    addProducts({ ...before, y, yRows: rows }, stateRows, from, to);
    for (let n = from; n < to; n++) forward(y, rows[n]! * units, (rows[n]! + 1) * units);
  }

  const last = new Float32Array(batch * units);
  for (const [b, row] of lastRows.entries()) {
    const [source, at] = row < 0 ? [first, b * units] : [y, row * units];
    last.set(source.subarray(at, at + units), b * units);
  }
  return [
    backend.makeTensorInfo([axis0, axis1, units], 'float32', y),
    backend.makeTensorInfo([batch, units], 'float32', last),
  ];
}
