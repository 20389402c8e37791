import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { BasicRNNSequenceAttrs, LSTMSequenceAttrs, SequenceAttrs } from '@unroll/rnn-cells';
import { mostParts } from '../core/control-words.js';
import type { Host } from '../host.js';
import type { CellPlan } from './cell-plan.js';
import { depthOf, gradientDepthOf } from './matrix-rows.js';
import { runPass } from '../core/threads.js';
import { lateTensor, mostWaiting } from '../late-tensor.js';
import { findPanelled, Panelled } from './panelled.js';
import { panelCounts, type PartValues, rowBytes, setPart } from './part-layout.js';
import { numbersOf } from '../numbers-of.js';
import { Region } from './region.js';
import type { Engine } from './register-sequence-kernels.js';
import { layoutOf, type SequenceLayout } from './sequence-layout.js';
import { type SequenceShape, sequenceShape } from './sequence-shape.js';
import { type Slot, takeSlot } from './slot.js';
import { packBias, packedBytes, packMatrix, stage, stageMatrices } from './weights.js';

export type SequenceTensors = Readonly<Record<string, TensorInfo>>;

/** One call of a sequence kernel, or of its gradient. */
export interface PassCall {
  readonly engine: Engine;
  readonly host: Host;
  readonly plan: CellPlan;
  readonly inputs: SequenceTensors;
  readonly attrs: SequenceAttrs;
}

/** Below as many multiplications a pass is one part: another thread takes longer to wake than to help. */
const worthAThread = 500_000;

const activations = ['linear', 'relu', 'sigmoid', 'tanh'];

/** Bits of a float32, as a whole number. */
function bits(value: number): number {
  return new Int32Array(Float32Array.of(value).buffer)[0]!;
}

/** How many numbers lie between the rows and between the steps of data with `features`. */
export function stridesOf(
  { batch, time }: SequenceShape,
  features: number,
  timeMajor: boolean,
): readonly [batchStride: number, timeStride: number] {
  return timeMajor ? [features, batch * features] : [time * features, features];
}

export interface ForwardResult {
  readonly tensors: TensorInfo[];
  readonly slot: Slot;
}

/** Runs a sequence forward: outputs, final states, and the memory that the way back needs. */
export function forwardPass(call: PassCall): ForwardResult {
  const { engine, host, plan, inputs, attrs } = call;
  const { core, threads } = engine;
  const states = plan.states.map((state) => inputs[`initial${state}`]!);
  const shape = sequenceShape(host, inputs, { state: states[0]!, attrs });
  const parts = partsFor(plan, shape, threads.count);
  const below = findBelow(inputs['inputs']!, { attrs, parts });
  const joinsBelow = below !== undefined;
  const layout = layoutOf({ plan, shape, parts, joinsBelow }, attrs.padded);
  const slot = takeSlot(core, layout, below?.slot);
  try {
    return { tensors: runForward(call, slot, below), slot };
  } catch (error) {
    slot.memory.letGo();
    throw error;
  }
}

/** Layers that take each other's panels, at most: more than networks have that are trained. */
const mostLayers = 32;

/**
 * The pass whose panels are the data. Its memory is held as long as that of the pass above, so a program
 * that feeds outputs back again and again would never free any: such a chain ends here.
 */
function findBelow(
  inputs: TensorInfo,
  { attrs, parts }: { readonly attrs: SequenceAttrs; readonly parts: number },
): Panelled | undefined {
  const below = findPanelled(inputs, { what: 'outputs', attrs, parts });
  if (below === undefined || below.memory.depth >= mostLayers) return undefined;
  // The way back needs all of it, however large.
  return attrs.training || below.memory.reach <= mostWaiting ? below : undefined;
}

function runForward(call: PassCall, slot: Slot, below: Panelled | undefined): TensorInfo[] {
  const { engine, host, plan, attrs } = call;
  const { core, threads } = engine;
  const { layout } = slot;
  const { shape } = layout;
  const places = placesIn(layout, plan, below);
  const block = places.region.take(core.arena);
  const at = (place: number): number => block.address + place;
  try {
    stageForward(call, shape, { places, base: block.address });
    const fields = forwardFields(call, shape, { places, at });
    for (const part of slot.parts) setPart(core, part, fields);
    runPass(threads, plan.forward, slot.parts);
    const copy = (tensor: readonly number[], place: number): TensorInfo => {
      const { info, values } = host.output(tensor);
      values.set(new Float32Array(core.memory.buffer, at(place), values.length));
      return info;
    };
    const { batch, time, units } = shape;
    const finals = places.finals.map((place) => copy([batch, units], place));
    const outputs = attrs.timeMajor ? [time, batch, units] : [batch, time, units];
    const { memory } = slot;
    const late = new Panelled({
      engine,
      what: 'outputs',
      slot,
      memory,
      shape: outputs,
      attrs,
      places: [],
      settle() {},
    });
    return [lateTensor(host, late), ...finals];
  } finally {
    core.arena.give(block);
  }
}

/** For each thread, if there are others: a thread that has less of a core takes one, and another three. */
const partsOfThread = 2;

function partsFor(plan: CellPlan, shape: SequenceShape, threads: number): number {
  const { batch, time, units } = shape;
  const { unitPanels } = panelCounts(plan, shape);
  const rows = plan.matrices.reduce(
    (sum, matrix) => sum + matrix.gates * gradientDepthOf(matrix, shape),
    0,
  );
  const work = batch * time * unitPanels * 8 * rows;
  if (work < worthAThread || units === 0 || threads === 1) return 1;
  return Math.min(partsOfThread * threads, Math.ceil(batch / 4), mostParts);
}

interface ForwardPlaces {
  readonly region: Region;
  /** Undefined where the data stand in the memory of the layer below. */
  readonly inputs: number | undefined;
  readonly initials: readonly number[];
  readonly finals: readonly number[];
  readonly matrices: readonly { raw: number; packed: number; bias: number }[];
}

/** Those of the passes of a layout; made once, since they stay the same. */
const placesOf = new WeakMap<SequenceLayout, ForwardPlaces>();

function placesIn(
  layout: SequenceLayout,
  plan: CellPlan,
  below: Panelled | undefined,
): ForwardPlaces {
  let places = placesOf.get(layout);
  if (places === undefined) {
    places = placeForward(plan, layout, below !== undefined);
    placesOf.set(layout, places);
  }
  return places;
}

function placeForward(
  plan: CellPlan,
  { counts, shape }: SequenceLayout,
  joinsBelow: boolean,
): ForwardPlaces {
  const { batch, time, inputSize, units } = shape;
  const region = new Region();
  return {
    region,
    inputs: joinsBelow ? undefined : region.add(4 * batch * time * inputSize),
    initials: plan.states.map(() => region.add(4 * batch * units)),
    finals: plan.states.map(() => region.add(4 * batch * units)),
    matrices: plan.matrices.map((matrix) => ({
      raw: region.add(4 * depthOf(matrix, shape) * matrix.gates * units),
      packed: region.add(packedBytes(matrix, counts, depthOf(matrix, shape))),
      bias: region.add(matrix.gates * counts.unitPanels * rowBytes),
    })),
  };
}

function stageForward(
  { engine: { core }, host, plan, inputs }: PassCall,
  shape: SequenceShape,
  { places, base }: { readonly places: ForwardPlaces; readonly base: number },
): void {
  const counts = panelCounts(plan, shape);
  const context = { core, counts, shape };
  if (places.inputs !== undefined) {
    stage(core, numbersOf(host, inputs['inputs']!), base + places.inputs);
  }
  for (const [i, state] of plan.states.entries()) {
    stage(core, numbersOf(host, inputs[`initial${state}`]!), base + places.initials[i]!);
  }
  const own = places.matrices.map(({ raw, packed }) => ({
    raw: base + raw,
    packed: base + packed,
  }));
  for (const [i, matrix] of stageMatrices(core, host, { plan, inputs, places: own }).entries()) {
    packMatrix(context, matrix);
    const values = numbersOf(host, inputs[matrix.plan.bias]!);
    packBias(context, matrix.plan, { values, to: base + places.matrices[i]!.bias });
  }
}

function forwardFields(
  { plan, attrs }: PassCall,
  shape: SequenceShape,
  { places, at }: { readonly places: ForwardPlaces; readonly at: (place: number) => number },
): PartValues {
  const [batchStride, timeStride] = stridesOf(shape, shape.inputSize, attrs.timeMajor);
  const [outputBatchStride, outputTimeStride] = stridesOf(shape, shape.units, attrs.timeMajor);
  const { activation = 'tanh' } = attrs as Partial<BasicRNNSequenceAttrs>;
  const { forgetBias = 0 } = attrs as Partial<LSTMSequenceAttrs>;
  const [first, second, third] = places.matrices;
  const states = Object.fromEntries(
    plan.states.flatMap((state, i) => {
      const name = state === 'State' ? 'H' : state;
      return [
        [`initial${name}`, at(places.initials[i]!)],
        [`final${name}`, at(places.finals[i]!)],
      ];
    }),
  ) as PartValues;
  return {
    ...states,
    batchStride,
    timeStride,
    outputBatchStride,
    outputTimeStride,
    reverse: Number(attrs.reverse),
    activation: activations.indexOf(activation),
    forgetBias: bits(forgetBias),
    inputs: places.inputs === undefined ? 0 : at(places.inputs),
    weights: at(first!.packed),
    bias: at(first!.bias),
    candidateWeights: second === undefined ? 0 : at(second.packed),
    candidateBias: second === undefined ? 0 : at(second.bias),
    hiddenWeights: third === undefined ? 0 : at(third.packed),
    hiddenBias: third === undefined ? 0 : at(third.bias),
  };
}
