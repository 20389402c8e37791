import '@tensorflow/tfjs-backend-cpu';
import { reshape, tidy } from '@tensorflow/tfjs-core';
import { expectClose, expectNoLeak } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import {
  type LabelledImages,
  RowClassifier,
  rowClassifierDefaults,
  tensorBatches,
} from '../src/index.js';
import { syntheticDigits } from './synthetic-digits.js';

const { cell, units } = rowClassifierDefaults;

/** The numbers of every weight, by name. */
function weightsOf(seed: number, layers = 1): Record<string, number[]> {
  const model = new RowClassifier({ cell, layers, units: 5, seed });
  const weights = Object.entries(model.variables).map(([name, weight]) => [
    name,
    [...weight.dataSync()],
  ]);
  model.dispose();
  return Object.fromEntries(weights) as Record<string, number[]>;
}

describe('RowClassifier', () => {
  test.for([
    [
      1,
      2180,
      {
        'rnn/basic_rnn_cell/kernel': [59, 31],
        'rnn/basic_rnn_cell/bias': [31],
        'dense/kernel': [31, 10],
        'dense/bias': [10],
      },
    ],
    [
      3,
      6086,
      {
        'rnn/multi_rnn_cell/cell_0/basic_rnn_cell/kernel': [59, 31],
        'rnn/multi_rnn_cell/cell_0/basic_rnn_cell/bias': [31],
        'rnn/multi_rnn_cell/cell_1/basic_rnn_cell/kernel': [62, 31],
        'rnn/multi_rnn_cell/cell_1/basic_rnn_cell/bias': [31],
        'rnn/multi_rnn_cell/cell_2/basic_rnn_cell/kernel': [62, 31],
        'rnn/multi_rnn_cell/cell_2/basic_rnn_cell/bias': [31],
        'dense/kernel': [31, 10],
        'dense/bias': [10],
      },
    ],
  ] as const)(
    "of %d layers of 31 has %d parameters, by TensorFlow 1's names",
    ([layers, parameters, shapes]) => {
      const model = new RowClassifier({ cell, layers, units, seed: 1 });
      const actual = Object.entries(model.variables).map(([name, { shape }]) => [name, shape]);
      expect(Object.fromEntries(actual)).toEqual(shapes);
      expect(model.parameterCount).toBe(parameters);
      model.dispose();
    },
  );

  test('starts from the same weights for the same seed, and from others for another', () => {
    const weights = weightsOf(1, 2);
    expect(weightsOf(1, 2)).toEqual(weights);
    const kernelsOf = (all: typeof weights) =>
      Object.entries(all).flatMap(([name, values]) => (name.endsWith('kernel') ? [values] : []));
    const others = kernelsOf(weightsOf(2, 2));
    expect(others).toHaveLength(3);
    for (const [i, kernel] of kernelsOf(weights).entries()) expect(others[i]).not.toEqual(kernel);
  });

  test('starts from biases of zero', () => {
    const weights = weightsOf(1);
    expect(weights['rnn/basic_rnn_cell/bias']).toEqual([0, 0, 0, 0, 0]);
    expect(weights['dense/bias']).toEqual(Array.from({ length: 10 }, () => 0));
  });

  test('starts each layer from weights of its own', () => {
    const weights = weightsOf(1, 3);
    const kernel = (i: number) => weights[`rnn/multi_rnn_cell/cell_${i}/basic_rnn_cell/kernel`]!;
    expect(kernel(1)).toHaveLength(50);
    expect(kernel(2)).not.toEqual(kernel(1));
  });

  test('starts from weights within the limits of Glorot and Bengio, and uses their range', () => {
    const limit = Math.sqrt(6 / (33 + 5));
    const kernel = weightsOf(1)['rnn/basic_rnn_cell/kernel']!;
    const largest = Math.max(...kernel.map(Math.abs));
    expect(largest).toBeLessThanOrEqual(limit);
    expect(largest).toBeGreaterThan(0.9 * limit);
  });

  test.for([1, 2])('of %d layers computes what the formulas say', async (layers) => {
    await expectNoLeak(() =>
      tidy(() => {
        const model = new RowClassifier({ cell, layers, units: 5, seed: 1 });
        const { images, labels } = oneBatch(3);
        const expected = logitsOf(model, images.dataSync());
        const shape = [3, 10];
        expectClose(model.logits(images), { shape, values: expected.flat() }, 1e-5);
        expectClose(
          model.logits(reshape(images, [3, 28, 28])),
          { shape, values: expected.flat() },
          1e-5,
        );

        const { loss, metrics } = model.evaluate({ images, labels });
        const digits = [...labels.dataSync()];
        const losses = expected.map(
          (row, i) => Math.log(sum(row.map(Math.exp))) - row[digits[i]!]!,
        );
        const right = expected.filter((row, i) => row.indexOf(Math.max(...row)) === digits[i]);
        expectClose(loss, { shape: [], values: [sum(losses) / 3] }, 1e-5);
        expectClose(metrics.accuracy, { shape: [], values: [right.length / 3] }, 1e-6);
        model.dispose();
      }),
    );
  });
});

function oneBatch(size: number): LabelledImages {
  const [batch] = tensorBatches(syntheticDigits(size), { batchSize: size });
  return batch!;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, x) => total + x, 0);

/** The logits by the formulas: h = tanh([x, h] K + b) in each layer and row, then h K + b. */
function logitsOf(model: RowClassifier, pixels: ArrayLike<number>): number[][] {
  const weights = Object.values(model.variables).map((weight) => [...weight.dataSync()]);
  const layer = (input: readonly number[], kernel: readonly number[], bias: readonly number[]) =>
    bias.map((b, j) => b + sum(input.map((x, i) => x * kernel[i * bias.length + j]!)));
  return Array.from({ length: pixels.length / 784 }, (_, image) => {
    const states: number[][] = [];
    for (let row = 0; row < 28; row++) {
      let input = Array.from({ length: 28 }, (__, i) => pixels[image * 784 + row * 28 + i]!);
      for (let i = 0; i < weights.length - 2; i += 2) {
        const state = states[i] ?? weights[i + 1]!.map(() => 0);
        input = layer([...input, ...state], weights[i]!, weights[i + 1]!).map(Math.tanh);
        states[i] = input;
      }
    }
    const [kernel, bias] = weights.slice(-2) as [number[], number[]];
    return layer(states.at(-1)!, kernel, bias);
  });
}
