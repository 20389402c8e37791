import { encodeRecord } from '../src/records/encode-record.js';
import { joinRecords } from '../src/records/join-records.js';

/** Whole numbers from 0 to below `end`, the same ones for the same seed (mulberry32). */
export type Random = (end: number) => number;

export function random(seed: number): Random {
  let state = seed;
  return (end) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * end);
  };
}

/** An event file, and what its records hold. */
export interface Specimen {
  readonly bytes: Uint8Array;
  readonly records: readonly Uint8Array[];
}

/**
 * An event file with something wrong: either in any of its bytes, where the checksums should tell, or
 * in what a record holds, with right checksums, so that it is for the layers above to tell.
 */
export function mutant(draw: Random, specimens: readonly Specimen[]): Uint8Array<ArrayBuffer> {
  const specimen = specimens[draw(specimens.length)]!;
  const other = specimens[draw(specimens.length)]!;
  if (draw(4) === 0) return Uint8Array.from(mutatedTimes(draw, specimen.bytes, other.bytes));
  const first = draw(specimen.records.length);
  const records: Uint8Array[] = specimen.records.slice(first, first + 1 + draw(4)).map((data) => {
    if (draw(2) === 0) return encodeRecord(data);
    const donor = other.records[draw(other.records.length)]!;
    return encodeRecord(mutatedTimes(draw, data, donor));
  });
  if (draw(8) === 0) records.push(hugeRecord(draw));
  return joinRecords(records);
}

/** The start of a record whose length is large, and has the right checksum. */
function hugeRecord(draw: Random): Uint8Array {
  const record = encodeRecord(new Uint8Array(draw(64)));
  const length = new Uint8Array(8);
  length[draw(8)] = 1 + draw(255);
  length[draw(8)] = draw(256);
  // A record of these 8 bytes ends with their checksum.
  record.set(length);
  record.set(encodeRecord(length).subarray(-4), 8);
  return record;
}

function mutatedTimes(draw: Random, bytes: Uint8Array, donor: Uint8Array): Uint8Array {
  let mutated = bytes;
  for (let times = 1 + draw(3); times > 0; times--) {
    mutated = MUTATIONS[draw(MUTATIONS.length)]!(draw, mutated, donor);
  }
  return mutated;
}

/** A place of change, and how many bytes from there on. */
function range(draw: Random, { length }: Uint8Array): [start: number, end: number] {
  const start = draw(length + 1);
  return [start, Math.min(length, start + draw(16))];
}

function spliced(bytes: Uint8Array, [start, end]: [number, number], by: Uint8Array): Uint8Array {
  return joinRecords([bytes.subarray(0, start), by, bytes.subarray(end)]);
}

// Varints at the ends of the numbers: lengths and sizes above all; and a field that is a message.
const TOKENS = [
  [0xff, 0xff, 0xff, 0xff, 0x0f],
  [0xff, 0xff, 0xff, 0xff, 0x07],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00],
  [0x0a, 0x00],
  [0x12, 0x06, 0x12, 0x04, 0x08, 0x80, 0x80, 0x40],
  [0x0b, 0x0b, 0x0b],
  [0x00],
].map((token) => Uint8Array.from(token));

type Mutation = (draw: Random, bytes: Uint8Array, donor: Uint8Array) => Uint8Array;

const MUTATIONS: readonly Mutation[] = [
  function flipBit(draw, bytes) {
    const flipped = Uint8Array.from(bytes);
    if (bytes.length > 0) flipped[draw(bytes.length)]! ^= 1 << draw(8);
    return flipped;
  },
  function setByte(draw, bytes) {
    const set = Uint8Array.from(bytes);
    if (bytes.length > 0) set[draw(bytes.length)] = draw(256);
    return set;
  },
  (draw, bytes) => bytes.subarray(0, draw(bytes.length + 1)),
  (draw, bytes) => spliced(bytes, range(draw, bytes), new Uint8Array()),
  (draw, bytes) => spliced(bytes, range(draw, bytes), TOKENS[draw(TOKENS.length)]!),
  function repeat(draw, bytes) {
    const [start, end] = range(draw, bytes);
    const times = Array.from({ length: 1 + draw(8) }, () => bytes.subarray(start, end));
    return spliced(bytes, [start, start], joinRecords(times));
  },
  function cross(draw, bytes, donor) {
    const [start, end] = range(draw, bytes);
    const from = draw(donor.length + 1);
    return spliced(bytes, [start, end], donor.subarray(from, from + draw(64)));
  },
];
