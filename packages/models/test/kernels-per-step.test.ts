import { profile, setBackend, tidy } from '@tensorflow/tfjs-core';
import '@unroll/rnn-kernels/wasm';
import { adam, trainStep } from '@unroll/trainer';
import { expect, test } from 'vitest';
import './gradients.js';
import { RowClassifier, rowClassifierDefaults, tensorBatches } from '../src/index.js';
import { syntheticDigits } from './synthetic-digits.js';

test('a training step of the one-layer model on wasm is at most 25 kernels', async () => {
  await setBackend('wasm');
  const model = new RowClassifier({ ...rowClassifierDefaults, seed: 1 });
  const optimizer = adam();
  const [batch] = tensorBatches(syntheticDigits(128), { batchSize: 128 });
  const step = () =>
    tidy(() => {
      const { variables } = model;
      const { loss } = trainStep({ variables, optimizer, evaluate: () => model.evaluate(batch!) });
      return loss;
    });
  step();
  const { kernels } = await profile(step);
  const names = kernels.map(({ name }) => name).filter((name) => name !== 'Identity');
  expect(names).toContain('BasicRNNSequenceGrad');
  expect(names).toContain('ApplyAdam');
  expect(names.length).toBeLessThanOrEqual(25);
  model.dispose();
  optimizer.dispose();
});
