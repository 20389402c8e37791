import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Sizes at which arithmetic goes wrong: around 16, 31 and 32 bits, and products of them. */
const SIZES = [0, 1, 2, 3, 28, 255, 256, 60_000, 65_535, 65_536, 2 ** 30, 2 ** 31 - 1, 2 ** 31];
const EDGES: readonly number[] = [...SIZES, 2 ** 32 - 2, 2 ** 32 - 1];

/** Random choices that a seed repeats. */
export interface Dice {
  /** An integer from 0 up to `below`. */
  below(below: number): number;
  one<T>(of: readonly T[]): T;
  /** A number of 32 bits, often one at which arithmetic goes wrong. */
  uint32(): number;
}

export function diceOf(seed: number): Dice {
  const generator = xoroshiro128plus(seed);
  const next = () => generator.next() >>> 0;
  const below = (limit: number) => next() % limit;
  return {
    below,
    one: (of) => of[below(of.length)] as (typeof of)[number],
    uint32: () => (below(4) === 0 ? next() : (EDGES[below(EDGES.length)] as number)),
  };
}

type Mutation = (bytes: Uint8Array<ArrayBuffer>, dice: Dice) => Uint8Array<ArrayBuffer>;

/** Ways to damage a file. Those that write do it in place. */
const MUTATIONS: readonly Mutation[] = [
  function setByte(bytes, dice) {
    bytes[dice.below(bytes.length)] = dice.below(256);
    return bytes;
  },
  function setByteOfHead(bytes, dice) {
    bytes[dice.below(Math.min(bytes.length, 24))] = dice.below(256);
    return bytes;
  },
  function flipBit(bytes, dice) {
    const at = dice.below(bytes.length);
    bytes[at] = (bytes[at] as number) ^ (1 << dice.below(8));
    return bytes;
  },
  function setSize(bytes, dice) {
    if (bytes.length < 8) return bytes;
    const at = 4 * dice.below(Math.min(bytes.length >> 2, 8));
    new DataView(bytes.buffer).setUint32(at, dice.uint32());
    return bytes;
  },
  function cutOff(bytes, dice) {
    return bytes.slice(0, dice.below(bytes.length));
  },
  function cutOut(bytes, dice) {
    const start = dice.below(bytes.length);
    return Uint8Array.of(...bytes.subarray(0, start), ...bytes.subarray(start + 1 + dice.below(8)));
  },
  function repeat(bytes, dice) {
    const start = dice.below(bytes.length);
    const part = bytes.subarray(start, start + 1 + dice.below(8));
    return Uint8Array.of(...bytes.subarray(0, start), ...part, ...bytes.subarray(start));
  },
  function append(bytes, dice) {
    const tail = Array.from({ length: 1 + dice.below(8) }, () => dice.below(256));
    return Uint8Array.of(...bytes, ...tail);
  },
];

/** One of the files with one to three damages. */
export function mutated(files: readonly Uint8Array[], dice: Dice): Uint8Array<ArrayBuffer> {
  let bytes = new Uint8Array(dice.one(files));
  for (let times = 1 + dice.below(3); times > 0 && bytes.length > 0; times--) {
    bytes = dice.one(MUTATIONS)(bytes, dice);
  }
  return bytes;
}
