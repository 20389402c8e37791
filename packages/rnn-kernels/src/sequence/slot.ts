import type { Core } from '../core/core.js';
import { SharedBlock } from '../core/shared-block.js';
import type { SequenceLayout } from './sequence-layout.js';

/** A pass's memory: what it leaves for the way back, for whoever reads its outputs, and for a layer above. */
export interface Slot {
  readonly memory: SharedBlock;
  readonly layout: SequenceLayout;
  /** Where the threads' `Part`s stand. */
  readonly parts: readonly number[];
}

/**
 * Takes the memory of a pass, and fills in what is known.
 *
 * @param below - the pass whose outputs are the data, where they are taken as they stand in its memory
 */
export function takeSlot(core: Core, layout: SequenceLayout, below: Slot | undefined): Slot {
  const beneath = below === undefined ? [] : [below.memory];
  const memory = new SharedBlock(core.arena, layout.bytes, beneath);
  const heads = layout.headsAt(memory.address);
  const words = new Int32Array(core.memory.buffer);
  for (const { address, words: head } of heads) words.set(head, address / 4);
  for (const [i, { outputList }] of outputsOf(below).entries()) {
    for (const list of heads[i]!.inputLists) words.set(outputList, list / 4);
  }
  return { memory, layout, parts: heads.map(({ address }) => address) };
}

function outputsOf(slot: Slot | undefined) {
  return slot === undefined ? [] : slot.layout.headsAt(slot.memory.address);
}
