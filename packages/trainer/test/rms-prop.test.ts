import '@tensorflow/tfjs-backend-cpu';
import { tensor, tidy, variable } from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { rmsProp } from '../src/index.js';
import goldens from './goldens/rms-prop.json' with { type: 'json' };
import { testOptimizer } from './optimizer-laws.js';

describe('rmsProp', () => {
  testOptimizer(rmsProp, goldens);

  test('the mean square starts at 1, so a small first gradient makes a small update', () => {
    const weight = tidy(() => variable(tensor([0])));
    const optimizer = rmsProp({ learningRate: 0.01, decay: 0.9 });
    tidy(() => optimizer.applyGradients({ weight }, { weight: tensor([0.1]) }));
    expect(weight.dataSync()[0]).toBeCloseTo((-0.01 * 0.1) / Math.sqrt(0.9 + 0.1 * 0.1 ** 2), 8);
    optimizer.dispose();
    weight.dispose();
  });

  test.for([
    [{ learningRate: 0 }, 'learningRate: expected a finite number above 0, got 0'],
    [{ learningRate: Infinity }, 'learningRate: expected a finite number above 0, got Infinity'],
    [{ learningRate: 1, decay: 1 }, 'decay: expected a number in [0, 1), got 1'],
    [{ learningRate: 1, momentum: -0.1 }, 'momentum: expected a number in [0, 1), got -0.1'],
    [{ learningRate: 1, epsilon: -1 }, 'epsilon: expected a finite number from 0, got -1'],
  ] as const)('refuses %o', ([options, message]) => {
    expect(() => rmsProp(options)).toThrow(new RangeError(`rmsProp: ${message}`));
  });
});
