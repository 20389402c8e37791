import type { Arena, Block } from './arena.js';

/** Memory that several have a use for: it is given back when the last of them lets go. */
export class SharedBlock {
  readonly #arena: Arena;
  readonly #block: Block;
  /** What its content points into. */
  #beneath: readonly SharedBlock[];
  #holders = 1;
  /** How many blocks stand on each other, with this one. */
  readonly depth: number;
  /** Bytes of all of them. */
  readonly reach: number;

  /**
   * @param bytes - how many are needed
   * @param beneath - held as long as this is
   * @throws RangeError if the memory cannot grow that far
   */
  constructor(arena: Arena, bytes: number, beneath: readonly SharedBlock[] = []) {
    this.#arena = arena;
    this.#block = arena.take(bytes);
    this.#beneath = beneath;
    this.depth = 1 + Math.max(0, ...beneath.map(({ depth }) => depth));
    this.reach = this.bytes + beneath.reduce((sum, { reach }) => sum + reach, 0);
    for (const block of beneath) block.hold();
  }

  get address(): number {
    return this.#block.address;
  }

  get bytes(): number {
    return this.#block.size;
  }

  /** How many have a use for it. */
  get holders(): number {
    return this.#holders;
  }

  /** Adds this block and all that are held as long as it is. */
  addTo(blocks: Set<SharedBlock>): void {
    blocks.add(this);
    for (const block of this.#beneath) block.addTo(blocks);
  }

  /** One more has a use for it. */
  hold(): void {
    this.#holders += 1;
  }

  letGo(): void {
    this.#holders -= 1;
    if (this.#holders > 0) return;
    this.#arena.give(this.#block);
    this.standAlone();
  }

  /** Its content points into nothing else any more. */
  standAlone(): void {
    const beneath = this.#beneath;
    this.#beneath = [];
    for (const block of beneath) block.letGo();
  }
}
