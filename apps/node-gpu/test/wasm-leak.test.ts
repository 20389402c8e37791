import '@tensorflow/tfjs-backend-wasm';
import { env, memory, ready, setBackend } from '@tensorflow/tfjs-core';
import { RowClassifier, rowClassifierDefaults, tensorBatches } from '@unroll/models';
import { expectNoLeak } from '@unroll/testing';
import { adam, train } from '@unroll/trainer';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { loadData } from '../src/load-data.js';
import { temporaryFolder } from './temporary-folder.js';
import { writeTinyData } from './tiny-data.js';

const folder = temporaryFolder();

beforeAll(async () => {
  await writeTinyData(folder);
  // As built: in Node their source cannot be imported (docs/decisions/0002-gradients-in-node.md).
  const gradients = createRequire(import.meta.url).resolve('@unroll/trainer/gradients');
  await import(pathToFileURL(gradients).href);
  // With it the engine takes what a loss saves for its gradient for a leak: this backend copies it.
  env().set('IS_TEST', false);
  await setBackend('wasm');
  await ready();
});

test('on wasm as many tensors exist after step 10 as after step 400, and in the end none', async () => {
  const data = await loadData({ folder, verify: false });
  await expectNoLeak(async () => {
    const { cell } = rowClassifierDefaults;
    const model = new RowClassifier({ cell, layers: 1, units: 2, seed: 1 });
    const optimizer = adam();
    const seen: { tensors: number; buffers: number }[] = [];
    const controller = new AbortController();
    await train({
      variables: model.variables,
      optimizer,
      evaluate: (batch) => model.evaluate(batch),
      trainBatches: tensorBatches(data.train, { batchSize: 1 }),
      epochs: 1,
      signal: controller.signal,
      callbacks: [
        {
          onBatch({ step }) {
            const { numTensors: tensors, numDataBuffers: buffers } = memory();
            seen.push({ tensors, buffers });
            if (step === 400) controller.abort();
          },
        },
      ],
    });
    expect(seen).toHaveLength(400);
    expect(seen[399]).toEqual(seen[9]);
    model.dispose();
    optimizer.dispose();
  });
});
