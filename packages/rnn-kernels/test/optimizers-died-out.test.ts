import { beforeAll, describe, expect, test } from 'vitest';
import { type Core, startCore } from '../src/core/core.js';
import { countDenormals } from './denormals.js';

let core: Core;

beforeAll(() => {
  core = startCore();
});

/** Runs `run` on addresses of the rows, and gives the rows as they are then. */
function inPlace(
  rows: readonly (readonly number[])[],
  run: (places: readonly number[], bytes: number) => void,
): number[][] {
  const { arena, memory } = core;
  const length = rows[0]!.length;
  const block = arena.take(4 * length * rows.length);
  const floats = new Float32Array(memory.buffer, block.address, length * rows.length);
  floats.set(rows.flat());
  run(
    rows.map((_, i) => block.address + 4 * length * i),
    4 * length,
  );
  const results = rows.map((_, i) => [...floats.subarray(length * i, length * (i + 1))]);
  arena.give(block);
  return results;
}

type Places = readonly number[];

const optimizers = {
  adam(places: Places, bytes: number): void {
    core.exports.applyAdam(...places, bytes, 1e-3, 0.9, 0.999, 0.1, 1e-3, 1e-7);
  },
  rmsProp([weight, mean, square, gradient]: Places, bytes: number): void {
    const places = [weight!, square!, mean!, gradient!];
    core.exports.applyRMSProp(...places, bytes, 1e-3, 0.999, 1e-3, 0.9, 1e-10);
  },
} as const;

describe.each(['adam', 'rmsProp'] as const)('what %s keeps', (name) => {
  test('is never denormal while gradients are zero, and is zero in the end', () => {
    const rows = [
      [1, 1, 1, 1],
      [1e-20, -1e-25, 1e-30, 1e-37],
      [1e-20, 1e-34, 1e-36, 1e-38],
      [0, 0, 0, 0],
    ];
    let denormals = 0;
    const [weights, mean, square] = inPlace(rows, (places, bytes) => {
      const means = new Float32Array(core.memory.buffer, places[1], 8);
      for (let step = 0; step < 50_000; step++) {
        optimizers[name](places, bytes);
        denormals += countDenormals(means);
      }
    });
    expect(denormals).toBe(0);
    expect(mean).toEqual([0, 0, 0, 0]);
    expect(square).toEqual([0, 0, 0, 0]);
    expect(weights!.every((x) => Math.abs(x - 1) < 1e-6)).toBe(true);
  });

  test('is not made denormal by the square of a small gradient', () => {
    const gradient = [1e-18, 1e-20, 1e-40, 1e-16];
    const empty = [0, 0, 0, 0];
    const [, mean, square] = inPlace([empty, empty, empty, gradient], optimizers[name]);
    expect(countDenormals([...mean!, ...square!])).toBe(0);
    expect(square!.slice(0, 3)).toEqual([0, 0, 0]);
    expect(square![3]! / 1e-35).toBeCloseTo(1, 5);
  });

  test('is kept just above the bounds, and where it is a NaN', () => {
    const rows = [
      [1, 1, 1, 1],
      [1.2e-30, -1.2e-30, Number.NaN, 0],
      [1.1e-36, 1e-6, 0, Number.NaN],
      [0, 0, 0, 0],
    ];
    const [, mean, square] = inPlace(rows, optimizers[name]);
    expect(mean![0]! / 1.08e-30).toBeCloseTo(1, 5);
    expect(mean![1]! / -1.08e-30).toBeCloseTo(1, 5);
    expect(mean![2]).toBeNaN();
    expect(square![0]! / 1.0989e-36).toBeCloseTo(1, 5);
    expect(square![1]! / 9.99e-7).toBeCloseTo(1, 5);
    expect(square![3]).toBeNaN();
  });
});

test('a softmax of a class that is nearly impossible gives a gradient of zero, not a denormal one', () => {
  const scale = 1 / 128;
  const logits = [0, -20, -60, -68, -75, -86, -87, -200];
  const [gradient] = inPlace([logits, Array<number>(8).fill(0)], ([at, labels], bytes) => {
    core.exports.lossGradient(at!, labels!, 1, bytes, scale);
  });
  const some = gradient!.slice(1, 4).map((value, i) => value / (scale * Math.exp(logits[i + 1]!)));
  for (const ratio of some) expect(ratio).toBeCloseTo(1, 4);
  expect(gradient!.slice(4)).toEqual([0, 0, 0, 0]);
});
