import '@tensorflow/tfjs-backend-cpu';
import { describe, expect, test } from 'vitest';
import { adam } from '../src/index.js';
import goldens from './goldens/adam.json' with { type: 'json' };
import { testOptimizer } from './optimizer-laws.js';

describe('adam', () => {
  testOptimizer(adam, goldens);

  test.for([
    [{ learningRate: 0 }, 'adam: learningRate: expected a finite number above 0, got 0'],
    [{ learningRate: Number.NaN }, 'adam: learningRate: expected a finite number above 0, got NaN'],
    [{ beta1: 1 }, 'adam: beta1: expected a number in [0, 1), got 1'],
    [{ beta2: -0.1 }, 'adam: beta2: expected a number in [0, 1), got -0.1'],
    [{ epsilon: -1 }, 'adam: epsilon: expected a finite number from 0, got -1'],
  ] as const)('refuses %o', ([options, message]) => {
    expect(() => adam(options)).toThrow(new RangeError(message));
  });
});
