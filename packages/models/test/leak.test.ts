import '@tensorflow/tfjs-backend-cpu';
import { memory, profile, tidy } from '@tensorflow/tfjs-core';
import '@unroll/rnn-kernels/cpu';
import { expectNoLeak } from '@unroll/testing';
import { adam, train } from '@unroll/trainer';
import { describe, expect, test } from 'vitest';
import { RowClassifier, tensorBatches } from '../src/index.js';
import './gradients.js';
import { syntheticDigits } from './synthetic-digits.js';

describe.for([1, 3])('training a RowClassifier of %d layers, fused on cpu,', (layers) => {
  const size = { cell: 'basic-rnn', layers, units: 4, seed: 1 } as const;

  test('is fused', async () => {
    const model = new RowClassifier(size);
    const [batch] = tensorBatches(syntheticDigits(2), { batchSize: 2 });
    const { kernelNames } = await profile(() => tidy(() => model.logits(batch!.images)));
    expect(kernelNames).toContain('BasicRNNSequence');
    batch!.images.dispose();
    batch!.labels.dispose();
    model.dispose();
  });

  test('holds as many tensors and bytes after step 10 as after step 400, and in the end none', async () => {
    await expectNoLeak(async () => {
      const model = new RowClassifier(size);
      const optimizer = adam();
      const seen: { phase: string; tensors: number; buffers: number; bytes: number }[] = [];
      const result = await train({
        variables: model.variables,
        optimizer,
        evaluate: (batch) => model.evaluate(batch),
        trainBatches: tensorBatches(syntheticDigits(800), { batchSize: 2 }),
        testBatches: tensorBatches(syntheticDigits(40), { batchSize: 2 }),
        epochs: 1,
        callbacks: [
          {
            onBatch({ phase }) {
              const { numTensors: tensors, numDataBuffers: buffers, numBytes: bytes } = memory();
              seen.push({ phase, tensors, buffers, bytes });
            },
          },
        ],
      });
      expect(result).toEqual({ step: 400, epochs: 1, interrupted: false });
      expect(seen[399]).toEqual(seen[9]);
      expect(seen[419]).toEqual({ ...seen[9], phase: 'test' });
      model.dispose();
      optimizer.dispose();
    });
  });
});
