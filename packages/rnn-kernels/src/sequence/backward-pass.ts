import type { TensorInfo } from '@tensorflow/tfjs-core';
import { SharedBlock } from '../core/shared-block.js';
import { type BackwardPlaces, backwardPlaces } from './backward-places.js';
import { backwardResults } from './backward-results.js';
import { type PassCall, stridesOf } from './forward-pass.js';
import { findPanelled, type Panelled } from './panelled.js';
import { type PartValues, setPart } from './part-layout.js';
import { Region } from './region.js';
import type { Slot } from './slot.js';
import {
  type MatrixPlaces,
  packInputTranspose,
  packStateTranspose,
  stage,
  stageMatrices,
} from './weights.js';

/** Runs a sequence backward from what its forward pass left in `slot`: the gradients, as the kernel gives them. */
export function backwardPass(call: PassCall, slot: Slot): TensorInfo[] {
  const { inputs, attrs } = call;
  const options = { what: 'inputGradient', attrs, parts: slot.parts.length } as const;
  const above = findPanelled(inputs['dOutputs']!, options);
  const gradient = attrs.inputGradient ? takeInputGradient(call, slot) : undefined;
  try {
    return runBackward(call, { slot, above, gradient });
  } finally {
    gradient?.memory.letGo();
  }
}

/** Memory for the gradient by the data, over time as the data; it outlives the way back. */
function takeInputGradient({ engine: { core }, inputs, attrs }: PassCall, slot: Slot): Panelled {
  const { counts, rows } = slot.layout;
  const region = new Region();
  const places = rows.map(({ stride }) => region.add(counts.inputPanels * stride));
  const memory = new SharedBlock(core.arena, region.size, [slot.memory]);
  return {
    what: 'inputGradient',
    slot,
    memory,
    shape: inputs['inputs']!.shape,
    attrs,
    places: places.map((place) => memory.address + place),
  };
}

interface Gradients {
  readonly slot: Slot;
  /** The layer above, where it gives its gradient in panels. */
  readonly above: Panelled | undefined;
  readonly gradient: Panelled | undefined;
}

function runBackward(call: PassCall, gradients: Gradients): TensorInfo[] {
  const { engine, plan, inputs } = call;
  const { core, threads } = engine;
  const { slot, above, gradient } = gradients;
  const given = above === undefined && inputs['dOutputs']!.shape.length > 0;
  const needs = { dOutputs: given, inputGradient: gradient !== undefined };
  const places = backwardPlaces(slot.layout, plan, needs);
  const block = places.region.take(core.arena);
  const base = block.address;
  try {
    stageBackward(call, slot, { places, base, given });
    core.exports.zero(base + places.zeros, places.zerosBytes);
    const shared = sharedFields(call, slot, { places, base, given });
    for (const [i, part] of slot.parts.entries()) {
      setPart(core, part, { ...shared, ...ownFields({ places, base, i }, gradients) });
    }
    threads.run(plan.backward, slot.parts);
    return backwardResults(call, { slot, places, base, gradient });
  } finally {
    core.arena.give(block);
  }
}

interface Placed {
  readonly places: BackwardPlaces;
  readonly base: number;
}

/** With whether the gradient by the outputs is given, row by row. */
interface Given extends Placed {
  readonly given: boolean;
}

function stageBackward(
  { engine: { core }, host, plan, inputs, attrs }: PassCall,
  { layout: { counts, shape } }: Slot,
  { places, base, given }: Given,
): void {
  const context = { core, counts, shape };
  if (given) stage(core, host.floats(inputs['dOutputs']!), base + places.dOutputs);
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
  { layout: { shape } }: Slot,
  { places, base, given }: Given,
): PartValues {
  const [batchStride, timeStride] = stridesOf(shape, shape.inputSize, attrs.timeMajor);
  const states = Object.fromEntries(
    plan.states.flatMap((state, i) => {
      const name = state === 'State' ? 'H' : state;
      return [
        [
          `dFinal${name}`,
          inputs[`dFinal${state}`]!.shape.length > 0 ? base + places.dFinals[i]! : 0,
        ],
        [`dInitial${name}`, base + places.dInitials[i]!],
      ];
    }),
  ) as PartValues;
  const [first, second, third] = places.matrices;
  return {
    ...states,
    batchStride,
    timeStride,
    dOutputs: given ? base + places.dOutputs : 0,
    inputTransposed: base + places.inputTranspose,
    zeros: base + places.zeros,
    transposed: base + first!.transpose,
    candidateTransposed: second === undefined ? 0 : base + second.transpose,
    hiddenTransposed: third === undefined ? 0 : base + third.transpose,
  };
}

function ownFields(
  { places, base, i }: Placed & { readonly i: number },
  { above, gradient }: Gradients,
): PartValues {
  const own = base + places.partial + i * places.partialBytes;
  const { rowStride, dh, dc, scratch } = places.rows[i]!;
  const [first, second, third] = places.partialMatrices;
  return {
    rowStride,
    dh: base + dh,
    dc: base + dc,
    scratch: base + scratch,
    dx: gradient?.places[i] ?? 0,
    dOutputPanels: above?.places[i] ?? 0,
    dOutputStride: above?.slot.layout.rows[i]!.stride ?? 0,
    dWeights: own + first!,
    dCandidateWeights: second === undefined ? 0 : own + second,
    dHiddenWeights: third === undefined ? 0 : own + third,
    dBias: own + places.partialBias,
    gradientBytes: places.partialBytes,
  };
}
