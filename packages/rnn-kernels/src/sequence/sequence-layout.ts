import { partFields } from '../core/part-fields.js';
import type { CellPlan } from './cell-plan.js';
import { type DealtRows, dealRows } from './deal-rows.js';
import { fieldPlaces, panelCounts, type PanelCounts, rowBytes } from './part-layout.js';
import { Region } from './region.js';
import type { SequenceShape } from './sequence-shape.js';

/** Where a thread's share of a pass stands in the pass's memory, from its beginning. */
interface PartPlaces {
  readonly own: Record<'alive' | 'c' | 'extra' | 'gateList' | 'gates' | 'h', number> &
    Record<'joined' | 'joinedReset' | 'lengths' | 'order' | 'part' | 'x', number>;
  readonly hand: DealtRows;
  readonly height: number;
  readonly stride: number;
  readonly stateStride: number;
}

/** What a `Part` and its lists hold before a pass fills in the rest. */
export interface PartHead {
  readonly address: number;
  readonly words: Int32Array;
  /** The panels of the outputs, as a layer above takes them for its data. */
  readonly outputList: readonly number[];
  /** Where lists of the data's panels stand. */
  readonly inputLists: readonly number[];
}

/** Bytes from one panel to the next: so that panels of the same rows do not meet in the same sets of a cache. */
function panelStride(rows: number): number {
  const bytes = rows * rowBytes;
  return bytes + ((((1024 - bytes) % 4096) + 4096) % 4096);
}

/** As many as there may be layers of one size. */
const mostHeads = 16;

export interface SequenceLayoutOptions {
  readonly plan: CellPlan;
  readonly shape: SequenceShape;
  readonly parts: number;
  /** Whether the data stand in the memory of the layer below. */
  readonly joinsBelow: boolean;
}

/** How a pass's memory is divided: for each thread what lasts from the way forward to the way back. */
export class SequenceLayout {
  readonly shape: SequenceShape;
  readonly counts: PanelCounts;
  readonly bytes: number;
  readonly #places: readonly PartPlaces[];
  /** By where the memory begins. */
  readonly #heads = new Map<number, readonly PartHead[]>();

  constructor({ plan, shape, parts, joinsBelow }: SequenceLayoutOptions) {
    this.shape = shape;
    this.counts = panelCounts(plan, shape);
    const region = new Region();
    this.#places = dealRows({ ...shape, parts }).map((hand) =>
      placePart(region, plan, { shape, counts: this.counts, hand, joinsBelow }),
    );
    this.bytes = region.size;
  }

  /** Rows of each thread, a multiple of 4, and from one panel to the next of what has them for each step. */
  get rows(): readonly { readonly height: number; readonly stride: number }[] {
    return this.#places;
  }

  /** What the threads' parts begin with in memory at `base`. A training step has the same again and again. */
  headsAt(base: number): readonly PartHead[] {
    let heads = this.#heads.get(base);
    if (heads === undefined) {
      heads = this.#places.map((place) => headAt(base, place, this));
      if (this.#heads.size >= mostHeads) this.#heads.clear();
      this.#heads.set(base, heads);
    }
    return heads;
  }
}

function placePart(
  region: Region,
  plan: CellPlan,
  {
    shape: { time },
    counts: { inputPanels, unitPanels, gatePanels },
    hand,
    joinsBelow,
  }: {
    readonly shape: SequenceShape;
    readonly counts: PanelCounts;
    readonly hand: DealtRows;
    readonly joinsBelow: boolean;
  },
): PartPlaces {
  const height = Math.ceil(hand.order.length / 4) * 4;
  const stride = panelStride(time * height);
  const stateStride = panelStride((time + 1) * height);
  const joined = 8 * (inputPanels + unitPanels);
  return {
    hand,
    height,
    stride,
    stateStride,
    own: {
      part: region.add(4 * partFields.length),
      order: region.add(4 * height),
      lengths: region.add(4 * height),
      alive: region.add(4 * time),
      joined: region.add(joined),
      joinedReset: region.add(joined),
      gateList: region.add(8 * gatePanels),
      x: region.add(joinsBelow ? 0 : inputPanels * stride),
      h: region.add(unitPanels * stateStride),
      c: region.add(plan.states.includes('C') ? unitPanels * stateStride : 0),
      extra: region.add(plan.keepsExtra ? unitPanels * stride : 0),
      gates: region.add(gatePanels * stride),
    },
  };
}

function headAt(base: number, place: PartPlaces, layout: SequenceLayout): PartHead {
  const { hand, height, own, stateStride, stride } = place;
  const { gatePanels, inputPanels, unitPanels } = layout.counts;
  const { inputSize, time, units } = layout.shape;
  const { part, ...pieces } = Object.fromEntries(
    Object.entries(own).map(([name, at]) => [name, base + at]),
  ) as PartPlaces['own'];
  const words = new Int32Array((own.x - own.part) / 4);
  const rows = hand.order.length;
  const sizes = { rows, height, steps: time, inputPanels, unitPanels, inputSize, units };
  const fields = { ...pieces, ...sizes, stride, stateStride };
  for (const [field, value] of Object.entries(fields)) {
    words[fieldPlaces[field as keyof typeof fields]] = value;
  }
  const set = (list: ArrayLike<number>, at: number): void => words.set(list, (at - part) / 4);
  set(hand.order, pieces.order);
  set(hand.lengths, pieces.lengths);
  set(hand.alive, pieces.alive);
  const inputs = panelList(pieces.x, stride, inputSize);
  const gates = gatePanels / Math.max(unitPanels, 1);
  set([...inputs, ...panelList(pieces.h, stateStride, units)], pieces.joined);
  set([...inputs, ...panelList(pieces.extra, stride, units)], pieces.joinedReset);
  const gateList = Array.from({ length: gates }, (_, gate) =>
    panelList(pieces.gates + gate * unitPanels * stride, stride, units),
  );
  set(gateList.flat(), pieces.gateList);
  return {
    address: part,
    words,
    // After each step: a step's rows on from the state before it.
    outputList: panelList(pieces.h + height * rowBytes, stateStride, units),
    inputLists: [pieces.joined, pieces.joinedReset],
  };
}

/** A list as assembly/product.as takes it. */
function panelList(from: number, stride: number, columns: number): number[] {
  return Array.from({ length: Math.ceil(columns / 8) }, (_, i) => [
    from + i * stride,
    4 * Math.min(8, columns - 8 * i),
  ]).flat();
}

/** As many as a program has sizes of batches at the same time, and then some. */
const mostLayouts = 64;

/** Layouts of sequences that are all as long as can be, by what they are made of. */
const layouts = new Map<string, SequenceLayout>();

/** The layout of a pass; made once for as long as sizes stay the same and no lengths are given. */
export function layoutOf(options: SequenceLayoutOptions, padded: boolean): SequenceLayout {
  if (padded) return new SequenceLayout(options);
  const { plan, parts, joinsBelow } = options;
  const { batch, inputSize, time, units } = options.shape;
  const key = [plan.kernelName, parts, joinsBelow, batch, time, inputSize, units].join(' ');
  let layout = layouts.get(key);
  if (layout === undefined) {
    layout = new SequenceLayout(options);
    const [oldest] = layouts.keys();
    if (layouts.size >= mostLayouts) layouts.delete(oldest!);
    layouts.set(key, layout);
  }
  return layout;
}
