import type { TensorInfo } from '@tensorflow/tfjs-core';
import { type PassCall, stridesOf } from './forward-pass.js';
import { depthOf, gradientDepthOf, matrixRows } from './matrix-rows.js';
import { panelCounts, type PartValues, rowBytes, setPart, type Slot } from './part-layout.js';
import { Region } from './region.js';
import { type SequenceShape, sequenceShape } from './sequence-shape.js';
import {
  type MatrixPlaces,
  packedBytes,
  packInputTranspose,
  packStateTranspose,
  stage,
  stageMatrices,
} from './weights.js';

/** Runs a sequence backward from what its forward pass left in `slot`: the gradients, as the kernel gives them. */
export function backwardPass(call: PassCall, slot: Slot): TensorInfo[] {
  const { core, threads, host, plan, inputs, attrs } = call;
  const shape = sequenceShape(host, inputs, { state: inputs[`initial${plan.states[0]}`]!, attrs });
  const places = placeBackward(call, shape, slot);
  const block = places.region.take(core.arena);
  const base = block.address;
  try {
    stageBackward(call, shape, { places, base });
    core.exports.zero(base + places.zeros, places.zerosBytes);
    const shared = sharedFields(call, shape, { places, base });
    for (const [i, part] of slot.parts.entries()) {
      setPart(core, part, { ...shared, ...ownFields({ places, base, i }) });
    }
    threads.run(plan.backward, slot.parts);
    return results(call, shape, { places, base, parts: slot.parts.length });
  } finally {
    core.arena.give(block);
  }
}

interface BackwardPlaces {
  readonly region: Region;
  readonly dOutputs: number;
  readonly dInputs: number;
  readonly inputTranspose: number;
  readonly zeros: number;
  readonly zerosBytes: number;
  readonly dFinals: readonly number[];
  readonly dInitials: readonly number[];
  readonly matrices: readonly { raw: number; transpose: number; result: number }[];
  /** The first thread's gradients by weights and biases; those of the others follow. */
  readonly partial: number;
  readonly partialBytes: number;
  /** Within a thread's: one place for each matrix, then the biases. */
  readonly partialMatrices: readonly number[];
  readonly partialBias: number;
  readonly rows: readonly Record<'dc' | 'dh' | 'dx' | 'rowStride' | 'scratch', number>[];
}

function placeBackward(
  { plan, inputs, attrs }: PassCall,
  shape: SequenceShape,
  slot: Slot,
): BackwardPlaces {
  const { batch, time, inputSize, units } = shape;
  const counts = panelCounts(plan, shape);
  const { inputPanels, unitPanels, gatePanels } = counts;
  const region = new Region();
  const used = inputs['dOutputs']!.shape.length > 0;
  const partial = new Region();
  const partialMatrices = plan.matrices.map((matrix) =>
    partial.add(packedBytes(matrix, counts, gradientDepthOf(matrix, shape))),
  );
  const partialBias = partial.add(gatePanels * rowBytes);
  const partialBytes = partial.size;
  const zerosBytes = Math.max(inputPanels, unitPanels) * rowBytes;
  return {
    region,
    dOutputs: region.add(used ? 4 * batch * time * units : 0),
    dInputs: region.add(attrs.inputGradient ? 4 * batch * time * inputSize : 0),
    inputTranspose: region.add(attrs.inputGradient ? inputPanels * gatePanels * 8 * rowBytes : 0),
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
      };
    }),
    partial: region.add(partialBytes * slot.parts.length),
    partialBytes,
    partialMatrices,
    partialBias,
    rows: slot.heights.map((height) => {
      const rowStride = height * rowBytes;
      return {
        rowStride,
        dh: region.add(unitPanels * rowStride),
        dc: region.add(unitPanels * rowStride),
        scratch: region.add(unitPanels * rowStride),
        dx: region.add(inputPanels * rowStride),
      };
    }),
  };
}

interface Placed {
  readonly places: BackwardPlaces;
  readonly base: number;
}

function stageBackward(
  { core, host, plan, inputs, attrs }: PassCall,
  shape: SequenceShape,
  { places, base }: Placed,
): void {
  const counts = panelCounts(plan, shape);
  const context = { core, counts, shape };
  const { dOutputs } = inputs;
  if (dOutputs!.shape.length > 0) stage(core, host.floats(dOutputs!), base + places.dOutputs);
  for (const [i, state] of plan.states.entries()) {
    const dFinal = inputs[`dFinal${state}`]!;
    if (dFinal.shape.length > 0) stage(core, host.floats(dFinal), base + places.dFinals[i]!);
  }
  const matrices = places.matrices.map(({ raw, transpose }, i): MatrixPlaces => {
    return { plan: plan.matrices[i]!, raw: base + raw, packed: base + transpose };
  });
  stageMatrices(core, host, { plan, inputs, places: matrices });
  for (const matrix of matrices) packStateTranspose(context, matrix);
  if (attrs.inputGradient) packInputTranspose(context, matrices, base + places.inputTranspose);
}

function sharedFields(
  { plan, inputs, attrs }: PassCall,
  shape: SequenceShape,
  { places, base }: Placed,
): PartValues {
  const [batchStride, timeStride] = stridesOf(shape, shape.inputSize, attrs.timeMajor);
  const given = (name: string, place: number): number =>
    inputs[name]!.shape.length > 0 ? base + place : 0;
  const states = Object.fromEntries(
    plan.states.flatMap((state, i) => {
      const name = state === 'State' ? 'H' : state;
      return [
        [`dFinal${name}`, given(`dFinal${state}`, places.dFinals[i]!)],
        [`dInitial${name}`, base + places.dInitials[i]!],
      ];
    }),
  ) as PartValues;
  const [first, second, third] = places.matrices;
  return {
    ...states,
    batchStride,
    timeStride,
    dOutputs: given('dOutputs', places.dOutputs),
    dInputs: attrs.inputGradient ? base + places.dInputs : 0,
    inputTransposed: base + places.inputTranspose,
    zeros: base + places.zeros,
    transposed: base + first!.transpose,
    candidateTransposed: second === undefined ? 0 : base + second.transpose,
    hiddenTransposed: third === undefined ? 0 : base + third.transpose,
  };
}

function ownFields({ places, base, i }: Placed & { readonly i: number }): PartValues {
  const own = base + places.partial + i * places.partialBytes;
  const { rowStride, dh, dc, scratch, dx } = places.rows[i]!;
  const [first, second, third] = places.partialMatrices;
  return {
    rowStride,
    dh: base + dh,
    dc: base + dc,
    scratch: base + scratch,
    dx: base + dx,
    dWeights: own + first!,
    dCandidateWeights: second === undefined ? 0 : own + second,
    dHiddenWeights: third === undefined ? 0 : own + third,
    dBias: own + places.partialBias,
    gradientBytes: places.partialBytes,
  };
}

function results(
  { core, host, plan, inputs, attrs }: PassCall,
  shape: SequenceShape,
  { places, base, parts }: Placed & { readonly parts: number },
): TensorInfo[] {
  const { batch, units } = shape;
  const { unitPanels } = panelCounts(plan, shape);
  const copy = (size: readonly number[], place: number): TensorInfo => {
    const { info, values } = host.output(size);
    values.set(new Float32Array(core.memory.buffer, base + place, values.length));
    return info;
  };
  const tensors = [
    attrs.inputGradient ? copy(inputs['inputs']!.shape, places.dInputs) : host.output([1]).info,
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
