import '@tensorflow/tfjs-backend-cpu';
import {
  profile,
  randomNormal,
  setBackend,
  tensor1d,
  tensor2d,
  type Tensor2D,
  tidy,
} from '@tensorflow/tfjs-core';
import { Accuracy, accuracy } from '@unroll/trainer';
import { expectNoLeak } from '@unroll/testing';
import { beforeAll, describe, expect, test } from 'vitest';
import '../src/cpu.js';
import '../src/wasm.js';
import { withoutKernels } from './without-kernels.js';

describe.each(['cpu', 'wasm'])('Accuracy on %s', (backend) => {
  beforeAll(async () => {
    await setBackend(backend);
  });

  test('is one kernel, and the share of rows whose first largest logit is the label', async () => {
    await expectNoLeak(async () => {
      const { kernels } = await profile(() =>
        tidy(() => {
          const logits = tensor2d([
            [1, 2, 0],
            [3, 3, 2],
            [3, 3, 2],
            [-1, -Infinity, -0.5],
          ]);
          const result = accuracy(tensor1d([1, 0, 1, 2], 'int32'), logits);
          expect(result.shape).toEqual([]);
          expect([...result.dataSync()]).toEqual([0.75]);
          return [];
        }),
      );
      expect(kernels.map(({ name }) => name)).toEqual([Accuracy]);
    });
  });

  test.for([1, 128])('of a batch of %d is that of the composed form', (batch) => {
    tidy(() => {
      const logits = randomNormal([batch, 3], 0, 1, 'float32', 5) as Tensor2D;
      const labels = tensor1d(
        Array.from({ length: batch }, (_, row) => row % 3),
        'int32',
      );
      const run = () => accuracy(labels, logits).dataSync()[0];
      expect(run()).toBe(withoutKernels([Accuracy], backend, run));
    });
  });
});
