import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BackwardPlaces } from './backward-places.js';
import type { PassCall } from './forward-pass.js';
import { gradientDepthOf, matrixRows } from './matrix-rows.js';
import { lateTensor, type Panelled } from './panelled.js';
import { rowBytes } from './part-layout.js';
import type { Slot } from './slot.js';

interface BackwardResultsOptions {
  readonly slot: Slot;
  readonly places: BackwardPlaces;
  readonly base: number;
  /** By the data, if that is wanted. */
  readonly gradient: Panelled | undefined;
}

/** The gradients as tensors: threads' sums by the weights are added up. */
export function backwardResults(
  { engine, host, plan }: PassCall,
  { slot, places, base, gradient }: BackwardResultsOptions,
): TensorInfo[] {
  const { core } = engine;
  const { counts, shape } = slot.layout;
  const { batch, units } = shape;
  const { unitPanels } = counts;
  const parts = slot.parts.length;
  const copy = (size: readonly number[], place: number): TensorInfo => {
    const { info, values } = host.output(size);
    values.set(new Float32Array(core.memory.buffer, base + place, values.length));
    return info;
  };
  const tensors = [
    gradient === undefined ? host.output([1]).info : lateTensor(host, engine, gradient),
  ];
  let bias = places.partialBias;
  for (const [i, matrix] of plan.matrices.entries()) {
    const { gates } = matrix;
    const { inputRows, stateRows, inputPanels } = matrixRows(matrix, shape);
    const gradientDepth = gradientDepthOf(matrix, shape);
    const columns = gates * units;
    const { result } = places.matrices[i]!;
    for (let gate = 0; gate < gates; gate++) {
      const from =
        places.partial + places.partialMatrices[i]! + gate * unitPanels * gradientDepth * rowBytes;
      const sum = (row: number, to: number, rows: number): void =>
        core.exports.unpackSum(
          base + from + row * rowBytes,
          parts,
          places.partialBytes,
          gradientDepth,
          base + result + 4 * to * columns,
          columns,
          gate * units,
          units,
          rows,
        );
      sum(0, 0, inputRows);
      sum(inputPanels * 8, inputRows, stateRows);
    }
    tensors.push(copy([inputRows + stateRows, columns], result));
    const { info, values } = host.output([columns]);
    // The wasm backend hands out memory as it was left.
    values.fill(0);
    const all = new Float32Array(core.memory.buffer);
    for (let j = 0; j < columns; j++) {
      const place = bias + (Math.floor(j / units) * unitPanels * 8 + (j % units)) * 4;
      for (let p = 0; p < parts; p++) {
        values[j]! += all[(base + places.partial + p * places.partialBytes + place) / 4]!;
      }
    }
    tensors.push(info);
    bias += gates * unitPanels * rowBytes;
  }
  return [...tensors, ...places.dInitials.map((place) => copy([batch, units], place))];
}
