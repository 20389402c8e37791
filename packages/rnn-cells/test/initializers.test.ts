import '@tensorflow/tfjs-backend-cpu';
import { matMul, type Tensor2D, tidy } from '@tensorflow/tfjs-core';
import { expectClose, expectNoLeak, expectRefusal } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import {
  constantInitializer,
  glorotUniform,
  type Initializer,
  onesInitializer,
  orthogonal,
  randomNormalInitializer,
  randomUniformInitializer,
  zerosInitializer,
} from '../src/index.js';

const seeded: Readonly<Record<string, (seed?: number) => Initializer>> = {
  glorotUniform: (seed) => glorotUniform(seed === undefined ? {} : { seed }),
  orthogonal: (seed) => orthogonal(seed === undefined ? {} : { seed }),
  randomNormalInitializer: (seed) => randomNormalInitializer(seed === undefined ? {} : { seed }),
  randomUniformInitializer: (seed) => randomUniformInitializer(seed === undefined ? {} : { seed }),
};

function valuesOf(initializer: Initializer, shape: [number, ...number[]]): number[] {
  return tidy(() => [...initializer(shape).dataSync()]);
}

describe.for(Object.entries(seeded))('%s', ([, make]) => {
  test('the same seed gives the same values, 0 included; another, or none, gives others', () => {
    const values = (seed?: number) => valuesOf(make(seed), [4, 6]);
    expect(values(0)).toEqual(values(0));
    expect(values(7)).toEqual(values(7));
    expect(values(8)).not.toEqual(values(7));
    expect(values()).not.toEqual(values());
  });

  test('leaves no tensor but the value', async () => {
    await expectNoLeak(() => make()([3, 5]).dispose());
  });
});

describe('orthogonal', () => {
  test.for([
    [3, 7],
    [7, 3],
    [5, 5],
    [64, 256],
    [1, 4],
  ] as const)('[%d, %d] has orthogonal rows or columns of length gain', ([rows, columns]) => {
    tidy(() => {
      const q = orthogonal({ gain: 2, seed: 1 })([rows, columns]) as Tensor2D;
      const wide = rows <= columns;
      const size = Math.min(rows, columns);
      const values = Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 4 : 0));
      expectClose(matMul(q, q, !wide, wide), { shape: [size, size], values }, 1e-5);
    });
  });

  test('leading axes count as rows', () => {
    const flat = valuesOf(orthogonal({ seed: 1 }), [6, 2]);
    expect(valuesOf(orthogonal({ seed: 1 }), [2, 3, 2])).toEqual(flat);
  });

  test('a square matrix is as often a rotation as a reflection', () => {
    const determinants = Array.from({ length: 200 }, (_, seed) => {
      const [a, b, c, d] = valuesOf(orthogonal({ seed }), [2, 2]) as [
        number,
        number,
        number,
        number,
      ];
      return Math.sign(a * d - b * c);
    });
    const rotations = determinants.filter((sign) => sign > 0).length;
    expect(rotations).toBeGreaterThan(70);
    expect(rotations).toBeLessThan(130);
  });

  test('refuses one axis, and a gain that is not above 0', () => {
    expectRefusal(
      () => orthogonal()([3]),
      RangeError,
      'orthogonal: shape: expected two axes or more, got [3]',
    );
    expectRefusal(
      () => orthogonal({ gain: 0 }),
      RangeError,
      'orthogonal: gain: expected a finite number above 0, got 0',
    );
  });
});

describe('the others', () => {
  test('zeros, ones and constants are what they say', () => {
    expect(valuesOf(zerosInitializer(), [3])).toEqual([0, 0, 0]);
    expect(valuesOf(onesInitializer(), [2])).toEqual([1, 1]);
    expect(valuesOf(constantInitializer(0.5), [1, 2])).toEqual([0.5, 0.5]);
  });

  test('uniform stays within its bounds, normal has its mean and deviation', () => {
    const uniform = valuesOf(randomUniformInitializer({ min: 2, max: 3, seed: 1 }), [2000]);
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(2);
    expect(Math.max(...uniform)).toBeLessThan(3);
    const options = { mean: 5, standardDeviation: 2, seed: 1 };
    const normal = valuesOf(randomNormalInitializer(options), [4000]);
    const mean = normal.reduce((a, b) => a + b) / 4000;
    const variance = normal.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 4000;
    expect(Math.abs(mean - 5)).toBeLessThan(0.15);
    expect(Math.abs(Math.sqrt(variance) - 2)).toBeLessThan(0.1);
  });

  test.for([
    [
      () => constantInitializer(Number.NaN),
      'constantInitializer: value: expected a finite number, got NaN',
    ],
    [
      () => randomUniformInitializer({ min: 1, max: 1 }),
      'randomUniformInitializer: max: expected a number above 1, got 1',
    ],
    [
      () => randomNormalInitializer({ standardDeviation: 0 }),
      'randomNormalInitializer: standardDeviation: expected a finite number above 0, got 0',
    ],
  ] as const)('refuses what makes no sense (%#)', ([make, message]) => {
    expectRefusal(make, RangeError, message);
  });
});
