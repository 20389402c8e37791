import '@tensorflow/tfjs-backend-cpu';
import { expectClose, expectNoLeak, type GoldenTensor } from '@unroll/testing';
import { BasicRNNCell, setWeights } from '@unroll/rnn-cells';
import '@unroll/trainer/gradients';
import { describe, expect, test } from 'vitest';
import { trainHello, units } from '../src/hello-model.js';
import goldens from './goldens/hello.json' with { type: 'json' };

interface HelloCase {
  readonly name: string;
  readonly weights: Readonly<Record<string, GoldenTensor>>;
  readonly losses: GoldenTensor;
  readonly predictions: readonly string[];
}

describe('trainHello', () => {
  test.for(goldens.cases as unknown as HelloCase[])(
    'its 100 steps from the weights of $name are TensorFlow’s (goldens/make_goldens.py)',
    async ({ weights, losses, predictions }) => {
      await expectNoLeak(() => {
        const cell = new BasicRNNCell({ inputSize: units, units });
        setWeights(cell, weights);
        const steps = [...trainHello(cell)];
        cell.dispose();
        expect(steps.map(({ step }) => step)).toEqual(predictions.map((_, i) => i + 1));
        const values = steps.map(({ loss }) => loss);
        expectClose({ shape: [values.length], values }, losses, 1e-4, 'losses');
        expect(steps.map(({ prediction }) => prediction)).toEqual(predictions);
      });
    },
  );

  test('frees what it holds when the training is broken off', async () => {
    await expectNoLeak(() => {
      const cell = new BasicRNNCell({ inputSize: units, units });
      for (const { step } of trainHello(cell)) if (step === 2) break;
      cell.dispose();
    });
  });
});
