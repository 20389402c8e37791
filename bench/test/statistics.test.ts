import { describe, expect, test } from 'vitest';
import { fitExponent, spreadOf } from '../src/statistics.ts';

describe('spreadOf', () => {
  test('the middle of an odd number of values is the median, in whatever order they come', () => {
    expect(spreadOf([5, 1, 3, 2, 4])).toEqual({ lower: 2, median: 3, upper: 4 });
  });

  test('between two values it is in proportion', () => {
    expect(spreadOf([1, 2, 3, 4])).toEqual({ lower: 1.75, median: 2.5, upper: 3.25 });
  });

  test('one value is all three', () => {
    expect(spreadOf([7])).toEqual({ lower: 7, median: 7, upper: 7 });
  });
});

describe('fitExponent', () => {
  test('a power law gives its exponent, whatever its factor', () => {
    const points = [1, 2, 8, 32].map((x) => [x, 3 * x ** 1.5] as const);
    expect(fitExponent(points)).toBeCloseTo(1.5, 12);
  });
});
