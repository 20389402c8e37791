import '@tensorflow/tfjs-backend-cpu';
import { tidy, zeros } from '@tensorflow/tfjs-core';
import { expectNoLeak } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import { cellKinds, RowClassifier } from '../src/index.js';

/** Of one layer of 4 units that reads 28 pixels, without the dense layer's 50. */
const parameters = { 'basic-rnn': 132, 'basic-lstm': 528, gru: 396 };

describe.for(cellKinds)('a model of %s cells', (cell) => {
  test.for([1, 2])('of %d layers gives logits, and leaves no tensor', async (layers) => {
    await expectNoLeak(() => {
      const model = new RowClassifier({ cell, layers, units: 4, seed: 1 });
      const shape = tidy(() => model.logits(zeros([3, 784])).shape);
      expect(shape).toEqual([3, 10]);
      model.dispose();
    });
  });

  test('has its number of parameters', () => {
    const model = new RowClassifier({ cell, layers: 1, units: 4, seed: 1 });
    expect(model.parameterCount).toBe(parameters[cell] + 50);
    model.dispose();
  });

  test('starts the same with the same seed, and no two matrices alike', () => {
    const kernels = [1, 1, 2].map((seed) => {
      const model = new RowClassifier({ cell, layers: 2, units: 4, seed });
      const values = Object.values(model.variables).map((weight) => weight.dataSync()[0]);
      model.dispose();
      return values;
    });
    expect(kernels[1]).toEqual(kernels[0]);
    expect(kernels[2]).not.toEqual(kernels[0]);
    const random = kernels[0]!.filter((value) => value !== 0 && value !== 1);
    expect(new Set(random).size).toBe(random.length);
  });
});
