import type { TensorInfo } from '@tensorflow/tfjs-core';
import { CoreResult } from '../core/core-result.js';
import type { SharedBlock } from '../core/shared-block.js';
import type { Turn } from '../core/threads.js';
import { lateTensor } from '../late-tensor.js';
import type { BackwardPlaces } from './backward-places.js';
import type { PassCall } from './forward-pass.js';
import { gradientDepthOf, matrixRows } from './matrix-rows.js';
import { Panelled } from './panelled.js';
import { rowBytes } from './part-layout.js';
import type { Slot } from './slot.js';

interface BackwardResultsOptions {
  readonly slot: Slot;
  readonly places: BackwardPlaces;
  /** Where the places are. */
  readonly memory: SharedBlock;
  readonly turn: Turn;
  /** Of the layer above, where it gives its gradient in panels. */
  readonly above: Panelled | undefined;
  /** By the data, if that is wanted. */
  readonly gradient:
    | { readonly memory: SharedBlock; readonly places: readonly number[] }
    | undefined;
}

/** The gradients as tensors that wait for the pass's end when somebody looks at them. */
export function backwardResults(call: PassCall, options: BackwardResultsOptions): TensorInfo[] {
  const { engine, host, plan, inputs, attrs } = call;
  const { slot, places, memory, turn, above, gradient } = options;
  const { core } = engine;
  const { batch, units } = slot.layout.shape;
  const end = (): void => {
    // What the layer above threw, as well.
    above?.settle();
    turn.end();
  };
  let summed = false;
  const settle = (): void => {
    end();
    if (summed) return;
    summed = true;
    sumParts(call, options);
  };
  const late = (shape: readonly number[], place: number): TensorInfo =>
    lateTensor(
      host,
      new CoreResult({ core, memory, shape, address: memory.address + place, settle }),
    );
  const byData =
    gradient === undefined
      ? host.output([1]).info
      : lateTensor(
          host,
          new Panelled({
            ...gradient,
            engine,
            what: 'inputGradient',
            slot,
            shape: inputs['inputs']!.shape,
            attrs,
            settle: end,
          }),
        );
  const byWeights = plan.matrices.flatMap(({ kernel, bias }, i) => {
    const { result, biasResult } = places.matrices[i]!;
    return [late(inputs[kernel]!.shape, result), late(inputs[bias]!.shape, biasResult)];
  });
  const byStates = places.dInitials.map((place) => late([batch, units], place));
  return [byData, ...byWeights, ...byStates];
}

/** Adds up the threads' gradients by the weights, row-major. */
function sumParts(
  { engine: { core }, plan }: PassCall,
  { slot, places, memory }: BackwardResultsOptions,
): void {
  const { counts, shape } = slot.layout;
  const { units } = shape;
  const base = memory.address;
  let bias = places.partialBias;
  for (const [i, matrix] of plan.matrices.entries()) {
    const { gates } = matrix;
    const { inputRows, stateRows, inputPanels } = matrixRows(matrix, shape);
    const depth = gradientDepthOf(matrix, shape);
    const columns = gates * units;
    const { result, biasResult } = places.matrices[i]!;
    for (let gate = 0; gate < gates; gate++) {
      const first = gate * units;
      const sum = (from: number, to: number, rows: number, panelRows = depth): void =>
        core.exports.unpackSum(
          base + places.partial + from,
          slot.parts.length,
          places.partialBytes,
          panelRows,
          base + to,
          columns,
          first,
          units,
          rows,
        );
      const from = places.partialMatrices[i]! + gate * counts.unitPanels * depth * rowBytes;
      sum(from, result, inputRows);
      sum(from + inputPanels * 8 * rowBytes, result + 4 * inputRows * columns, stateRows);
      sum(bias + gate * counts.unitPanels * rowBytes, biasResult, 1, 1);
    }
    bias += gates * counts.unitPanels * rowBytes;
  }
}
