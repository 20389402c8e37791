import type { CellPlan } from './cell-plan.js';
import { depthOf, gradientDepthOf, matrixRows } from './matrix-rows.js';
import { rowBytes } from './part-layout.js';
import { Region } from './region.js';
import type { SequenceLayout } from './sequence-layout.js';
import { packedBytes } from './weights.js';

/** Where what a way back needs stands in the memory that it takes. */
export interface BackwardPlaces {
  readonly region: Region;
  readonly dOutputs: number;
  readonly inputTranspose: number;
  readonly zeros: number;
  readonly zerosBytes: number;
  readonly dFinals: readonly number[];
  readonly dInitials: readonly number[];
  readonly matrices: readonly Record<'raw' | 'transpose' | 'result' | 'biasResult', number>[];
  /** The first thread's gradients by weights and biases; those of the others follow. */
  readonly partial: number;
  readonly partialBytes: number;
  /** Within a thread's: one place for each matrix, then the biases. */
  readonly partialMatrices: readonly number[];
  readonly partialBias: number;
  readonly rows: readonly Record<'dc' | 'dh' | 'rowStride' | 'scratch', number>[];
}

/** What differs between the ways back of one layout. */
export interface BackwardNeeds {
  /** Whether a gradient by the outputs is given, row by row. */
  readonly dOutputs: boolean;
  readonly inputGradient: boolean;
}

const placesOf = new WeakMap<SequenceLayout, Map<string, BackwardPlaces>>();

/** The places for a layout; made once, since they stay the same. */
export function backwardPlaces(
  layout: SequenceLayout,
  plan: CellPlan,
  needs: BackwardNeeds,
): BackwardPlaces {
  let known = placesOf.get(layout);
  if (known === undefined) {
    known = new Map();
    placesOf.set(layout, known);
  }
  const key = `${needs.dOutputs} ${needs.inputGradient}`;
  let places = known.get(key);
  if (places === undefined) {
    places = placeBackward(layout, plan, needs);
    known.set(key, places);
  }
  return places;
}

function placeBackward(
  { counts, rows, shape }: SequenceLayout,
  plan: CellPlan,
  { dOutputs, inputGradient }: BackwardNeeds,
): BackwardPlaces {
  const { batch, time, units } = shape;
  const { inputPanels, unitPanels, gatePanels } = counts;
  const region = new Region();
  const partial = new Region();
  const partialMatrices = plan.matrices.map((matrix) =>
    partial.add(packedBytes(matrix, counts, gradientDepthOf(matrix, shape))),
  );
  const partialBias = partial.add(gatePanels * rowBytes);
  const partialBytes = partial.size;
  const zerosBytes = Math.max(inputPanels, unitPanels) * rowBytes;
  return {
    region,
    dOutputs: region.add(dOutputs ? 4 * batch * time * units : 0),
    inputTranspose: region.add(inputGradient ? inputPanels * gatePanels * 8 * rowBytes : 0),
    zeros: region.add(zerosBytes),
    zerosBytes,
    dFinals: plan.states.map(() => region.add(4 * batch * units)),
    dInitials: plan.states.map(() => region.add(4 * batch * units)),
    matrices: plan.matrices.map((matrix) => {
      const bytes = 4 * depthOf(matrix, shape) * matrix.gates * units;
      const { statePanels } = matrixRows(matrix, shape);
      return {
        raw: region.add(bytes),
        transpose: region.add(statePanels * matrix.gates * unitPanels * 8 * rowBytes),
        result: region.add(bytes),
        biasResult: region.add(4 * matrix.gates * units),
      };
    }),
    partial: region.add(partialBytes * rows.length),
    partialBytes,
    partialMatrices,
    partialBias,
    rows: rows.map(({ height }) => {
      const rowStride = height * rowBytes;
      return {
        rowStride,
        dh: region.add(unitPanels * rowStride),
        dc: region.add(unitPanels * rowStride),
        scratch: region.add(unitPanels * rowStride),
      };
    }),
  };
}
