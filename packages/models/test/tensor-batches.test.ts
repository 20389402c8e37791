import '@tensorflow/tfjs-backend-cpu';
import { tidy } from '@tensorflow/tfjs-core';
import { expectClose, expectNoLeak } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import { tensorBatches, type TensorBatchesOptions } from '../src/index.js';
import { syntheticDigits } from './synthetic-digits.js';

/** The labels of each batch of a walk. */
function walk(count: number, options: TensorBatchesOptions): number[][] {
  const data = syntheticDigits(count, 1);
  return tidy(() => [...tensorBatches(data, options)].map(({ labels }) => [...labels.dataSync()]));
}

describe('tensorBatches', () => {
  test.for([
    ['training', 55_000, 429],
    ['test', 10_000, 78],
  ] as const)(
    'gives the %s images of MNIST, %d, in %d full batches of 128',
    ([, count, expected]) => {
      const batches = tensorBatches(syntheticDigits(count, 1), { batchSize: 128 });
      expect(batches.length).toBe(expected);
      expect(walk(count, { batchSize: 128 })).toHaveLength(expected);
    },
  );

  test('gives images in [0, 1] and labels, in the order of the file', async () => {
    await expectNoLeak(() =>
      tidy(() => {
        const [first, second] = tensorBatches(syntheticDigits(7, 2), { batchSize: 3 });
        expect(first!.images.dtype).toBe('float32');
        expect(first!.labels).toMatchObject({ shape: [3], dtype: 'int32' });
        expect([...first!.labels.dataSync(), ...second!.labels.dataSync()]).toEqual([
          0, 1, 2, 3, 4, 5,
        ]);
        const bytes = [0, 11, 22, 33, 37, 48, 59, 70, 74, 85, 96, 107];
        const values = bytes.map((byte) => byte / 255);
        expectClose(first!.images, { shape: [3, 4], values }, 1e-7);
      }),
    );
  });

  test('drops a last batch that is not full, or keeps it', () => {
    expect(walk(7, { batchSize: 3 })).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    expect(walk(7, { batchSize: 3, keepLast: true })).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
    expect(walk(6, { batchSize: 3, keepLast: true })).toEqual([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    expect(tensorBatches(syntheticDigits(7, 1), { batchSize: 3, keepLast: true }).length).toBe(3);
  });

  test('can be walked again, from the start', () => {
    const batches = tensorBatches(syntheticDigits(4, 1), { batchSize: 2 });
    const labels = () => tidy(() => [...batches].map((batch) => [...batch.labels.dataSync()]));
    expect(labels()).toEqual([
      [0, 1],
      [2, 3],
    ]);
    expect(labels()).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  test('makes tensors of one batch at a time, which the walker owns', async () => {
    await expectNoLeak(() => {
      for (const { images, labels } of tensorBatches(syntheticDigits(6, 1), { batchSize: 2 })) {
        images.dispose();
        labels.dispose();
        break;
      }
    });
  });

  test.for([0, -1, 1.5, 8, Number.NaN])('refuses a batch size of %d at the call', (batchSize) => {
    expect(() => tensorBatches(syntheticDigits(7, 1), { batchSize })).toThrow(
      new RangeError(
        `DataSet.batches: batchSize: expected an integer from 1 to 7, got ${batchSize}`,
      ),
    );
  });
});
