import type { Block } from '../core/arena.js';
import type { Core } from '../core/core.js';
import { type PartField, partFields } from '../core/part-fields.js';
import type { CellPlan } from './cell-plan.js';
import type { DealtRows } from './deal-rows.js';
import { Region } from './region.js';
import type { SequenceShape } from './sequence-shape.js';

/** Sizes in panels of 8 columns; see assembly/product.as. */
export interface PanelCounts {
  readonly inputPanels: number;
  readonly unitPanels: number;
  /** Of all gates. */
  readonly gatePanels: number;
}

export function panelCounts(plan: CellPlan, { inputSize, units }: SequenceShape): PanelCounts {
  const inputPanels = Math.ceil(inputSize / 8);
  const unitPanels = Math.ceil(units / 8);
  const gates = plan.matrices.reduce((sum, matrix) => sum + matrix.gates, 0);
  return { inputPanels, unitPanels, gatePanels: gates * unitPanels };
}

/** Bytes of a row of a panel. */
export const rowBytes = 32;

/** Bytes from one panel to the next: so that panels of the same rows do not meet in the same sets of a cache. */
function panelStride(rows: number): number {
  const bytes = rows * rowBytes;
  return bytes + ((((1024 - bytes) % 4096) + 4096) % 4096);
}

/** A pass's memory: what each thread has of it, and where its `Part` stands. */
export interface Slot {
  readonly block: Block;
  readonly parts: readonly number[];
  readonly heights: readonly number[];
}

export type PartValues = Partial<Record<PartField, number>>;

const fieldPlaces = Object.fromEntries(partFields.map((field, i) => [field, i])) as Readonly<
  Record<PartField, number>
>;

/** Sets fields of a `Part`. */
export function setPart(core: Core, part: number, values: PartValues): void {
  const words = new Int32Array(core.memory.buffer, part, partFields.length);
  for (const field in values) {
    words[fieldPlaces[field as PartField]] = values[field as PartField]!;
  }
}

interface PartPlaces {
  readonly own: Record<'alive' | 'c' | 'extra' | 'gateList' | 'gates' | 'h', number> &
    Record<'joined' | 'joinedReset' | 'lengths' | 'order' | 'part' | 'x', number>;
  readonly height: number;
  readonly stride: number;
  readonly stateStride: number;
}

/** Takes the memory that lasts from a forward pass to its backward pass, and fills in what is known. */
export function takeSlot(
  core: Core,
  plan: CellPlan,
  { shape, hands }: { readonly shape: SequenceShape; readonly hands: readonly DealtRows[] },
): Slot {
  const counts = panelCounts(plan, shape);
  const region = new Region();
  const places = hands.map((hand) => placePart(region, plan, { shape, counts, hand }));
  const block = region.take(core.arena);
  const parts = places.map((place, i) =>
    fillPart(core, { base: block.address, place, hand: hands[i]!, counts, shape }),
  );
  return { block, parts, heights: places.map(({ height }) => height) };
}

function placePart(
  region: Region,
  plan: CellPlan,
  {
    shape: { time },
    counts: { inputPanels, unitPanels, gatePanels },
    hand,
  }: { readonly shape: SequenceShape; readonly counts: PanelCounts; readonly hand: DealtRows },
): PartPlaces {
  const height = Math.ceil(hand.order.length / 4) * 4;
  const stride = panelStride(time * height);
  const stateStride = panelStride((time + 1) * height);
  const joined = 8 * (inputPanels + unitPanels);
  return {
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
      x: region.add(inputPanels * stride),
      h: region.add(unitPanels * stateStride),
      c: region.add(plan.states.includes('C') ? unitPanels * stateStride : 0),
      extra: region.add(plan.keepsExtra ? unitPanels * stride : 0),
      gates: region.add(gatePanels * stride),
    },
  };
}

function fillPart(
  core: Core,
  {
    base,
    place,
    hand,
    counts,
    shape,
  }: {
    readonly base: number;
    readonly place: PartPlaces;
    readonly hand: DealtRows;
    readonly counts: PanelCounts;
    readonly shape: SequenceShape;
  },
): number {
  const { height, stride, stateStride, own } = place;
  const { inputPanels, unitPanels, gatePanels } = counts;
  const { part, ...pieces } = Object.fromEntries(
    Object.entries(own).map(([name, at]) => [name, base + at]),
  ) as PartPlaces['own'];
  setPart(core, part, {
    ...pieces,
    rows: hand.order.length,
    height,
    stride,
    stateStride,
    steps: shape.time,
    inputPanels,
    unitPanels,
    inputSize: shape.inputSize,
    units: shape.units,
  });
  const words = new Int32Array(core.memory.buffer);
  words.set(hand.order, pieces.order / 4);
  words.set(hand.lengths, pieces.lengths / 4);
  words.set(hand.alive, pieces.alive / 4);
  const { inputSize, units } = shape;
  const inputs = panelList(pieces.x, stride, inputSize);
  const gates = gatePanels / Math.max(unitPanels, 1);
  words.set([...inputs, ...panelList(pieces.h, stateStride, units)], pieces.joined / 4);
  words.set([...inputs, ...panelList(pieces.extra, stride, units)], pieces.joinedReset / 4);
  const gateList = Array.from({ length: gates }, (_, gate) =>
    panelList(pieces.gates + gate * unitPanels * stride, stride, units),
  );
  words.set(gateList.flat(), pieces.gateList / 4);
  return part;
}

/** A list as assembly/product.as takes it. */
function panelList(from: number, stride: number, columns: number): number[] {
  return Array.from({ length: Math.ceil(columns / 8) }, (_, i) => [
    from + i * stride,
    4 * Math.min(8, columns - 8 * i),
  ]).flat();
}
