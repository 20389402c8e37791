import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Core } from '../core/core.js';
import { SharedBlock } from '../core/shared-block.js';
import type { Threads, Turn } from '../core/threads.js';
import { type BackwardPlaces, backwardPlaces } from './backward-places.js';
import { backwardResults } from './backward-results.js';
import { type PassCall, stridesOf } from './forward-pass.js';
import { findPanelled, type Panelled } from './panelled.js';
import { type PartValues, setPart } from './part-layout.js';
import { numbersOf } from '../numbers-of.js';
import { Region } from './region.js';
import type { Slot } from './slot.js';
import { packInputTranspose, packStateTranspose, stage, stageMatrices } from './weights.js';

/**
 * Runs a sequence backward from what its forward pass left in `slot`: the gradients, as the kernel gives
 * them. Other threads begin, and the caller goes on until somebody looks at one of the gradients.
 */
export function backwardPass(call: PassCall, slot: Slot): TensorInfo[] {
  const { engine, plan, inputs, attrs } = call;
  const options = { what: 'inputGradient', attrs, parts: slot.parts.length } as const;
  const above = findPanelled(inputs['dOutputs']!, options);
  const gradient = attrs.inputGradient ? takeInputGradient(engine.core, slot) : undefined;
  const given = above === undefined && inputs['dOutputs']!.shape.length > 0;
  const needs = { dOutputs: given, inputGradient: attrs.inputGradient };
  const places = backwardPlaces(slot.layout, plan, needs);
  const pass = { slot, above, gradient, given, places };
  try {
    return runBackward(call, pass);
  } finally {
    gradient?.memory.letGo();
  }
}

/** Panels of the gradient by the data, over time as the data. */
interface InputGradient {
  readonly memory: SharedBlock;
  /** Where each thread's stand. */
  readonly places: readonly number[];
}

function takeInputGradient({ arena }: Core, slot: Slot): InputGradient {
  const { counts, rows } = slot.layout;
  const region = new Region();
  const places = rows.map(({ stride }) => region.add(counts.inputPanels * stride));
  const memory = new SharedBlock(arena, region.size, [slot.memory]);
  return { memory, places: places.map((place) => memory.address + place) };
}

/** A way back. */
interface BackwardCall {
  readonly slot: Slot;
  readonly places: BackwardPlaces;
  /** The layer above, where it gives its gradient in panels. */
  readonly above: Panelled | undefined;
  /** Whether the gradient by the outputs is given row by row. */
  readonly given: boolean;
  readonly gradient: InputGradient | undefined;
}

function runBackward(call: PassCall, pass: BackwardCall): TensorInfo[] {
  const { engine, plan } = call;
  const { core, threads } = engine;
  const { slot, places, above, gradient } = pass;
  const uses = [slot, above, gradient].flatMap((use) => (use === undefined ? [] : [use.memory]));
  const memory = new SharedBlock(core.arena, places.region.size);
  const base = memory.address;
  try {
    stageBackward(call, pass, base);
    core.exports.zero(base + places.zeros, places.zerosBytes);
    const shared = sharedFields(call, pass, base);
    for (const [i, part] of slot.parts.entries()) {
      setPart(core, part, { ...shared, ...ownFields(pass, base, i) });
    }
    const blocks = [memory, ...uses];
    const turn = beginHolding(threads, { operation: plan.backward, parts: slot.parts, blocks });
    return backwardResults(call, { ...pass, memory, turn });
  } finally {
    memory.letGo();
  }
}

/**
 * Begins a pass, which holds all memory that it works on until no thread does any more. Gradients that wait
 * longer hold their own alone.
 */
function beginHolding(
  threads: Threads,
  {
    operation,
    parts,
    blocks,
  }: {
    readonly operation: number;
    readonly parts: readonly number[];
    readonly blocks: readonly SharedBlock[];
  },
): Turn {
  let ended = false;
  const end = (): void => {
    ended = true;
    for (const block of blocks) block.letGo();
  };
  for (const block of blocks) block.hold();
  try {
    return threads.begin(operation, parts, end);
  } catch (error) {
    if (!ended) end();
    throw error;
  }
}

function stageBackward(
  { engine: { core }, host, plan, inputs, attrs }: PassCall,
  { slot, places, given }: BackwardCall,
  base: number,
): void {
  const { counts, shape } = slot.layout;
  const context = { core, counts, shape };
  if (given) stage(core, numbersOf(host, inputs['dOutputs']!), base + places.dOutputs);
  for (const [i, state] of plan.states.entries()) {
    const dFinal = inputs[`dFinal${state}`]!;
    if (dFinal.shape.length > 0) stage(core, numbersOf(host, dFinal), base + places.dFinals[i]!);
  }
  const own = places.matrices.map(({ raw, transpose }) => {
    return { raw: base + raw, packed: base + transpose };
  });
  const matrices = stageMatrices(core, host, { plan, inputs, places: own });
  for (const matrix of matrices) packStateTranspose(context, matrix);
  if (attrs.inputGradient) packInputTranspose(context, matrices, base + places.inputTranspose);
}

function sharedFields(
  { plan, inputs, attrs }: PassCall,
  { slot, places, given }: BackwardCall,
  base: number,
): PartValues {
  const { shape } = slot.layout;
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

function ownFields({ places, above, gradient }: BackwardCall, base: number, i: number): PartValues {
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
