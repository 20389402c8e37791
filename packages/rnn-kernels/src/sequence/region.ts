import type { Arena, Block } from '../core/arena.js';

const alignment = 64;

/** Adds up what one block has to hold; then takes it, and gives the address of each piece. */
export class Region {
  #size = 0;

  /** Bytes of all pieces. */
  get size(): number {
    return this.#size;
  }

  /** Gives the piece's place within the block. */
  add(bytes: number): number {
    const at = this.#size;
    this.#size += Math.ceil(bytes / alignment) * alignment;
    return at;
  }

  take(arena: Arena): Block {
    return arena.take(this.#size);
  }
}
