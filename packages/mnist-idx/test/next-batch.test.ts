import { type Batch, DataSet } from '@unroll/mnist-idx/data-sets';
import { describe, expect, test } from 'vitest';
import goldens from './goldens/next-batch.json' with { type: 'json' };

/** Examples that hold their own number: in the two bytes of the image, and in the label. */
function numbered(count: number, seed: number): DataSet<'uint8'> {
  const images = Uint8Array.from(
    { length: 2 * count },
    (_, i) => (i >> 1) >> (i % 2 === 0 ? 8 : 0),
  );
  const labels = Uint8Array.from({ length: count }, (_, i) => i);
  return new DataSet(
    {
      images: { dtype: 'uint8', shape: [count, 1, 2], data: images },
      labels: { dtype: 'uint8', shape: [count], data: labels },
    },
    { dtype: 'uint8', seed },
  );
}

/** The numbers of a batch's examples. Fails where an image is not with its label. */
function rowsOf({ images, labels }: Batch<'uint8', false>): number[] {
  const rows = Array.from(labels.data, (_, i) => {
    return 256 * (images.data[2 * i] as number) + (images.data[2 * i + 1] as number);
  });
  expect([...labels.data]).toEqual(rows.map((row) => row % 256));
  expect(images.shape).toEqual([rows.length, 2]);
  expect(labels.shape).toEqual([rows.length]);
  return rows;
}

// Where one of these fails, look at test/goldens/next_batch.py, which made them.
describe('nextBatch hands out what TensorFlow 1 does', () => {
  test.each(goldens.cases)(
    '$numExamples examples, seed $seed',
    ({ numExamples, seed, batches }) => {
      const dataSet = numbered(numExamples, seed);
      for (const { batchSize, shuffle, rows, epochsCompleted } of batches) {
        expect(rowsOf(dataSet.nextBatch(batchSize, { shuffle }))).toEqual(rows);
        expect(dataSet.epochsCompleted).toBe(epochsCompleted);
      }
    },
  );

  test('55,000 examples in batches of 128, over two wraps', () => {
    const { numExamples, seed, batchSize, batches } = goldens.mnist;
    const dataSet = numbered(numExamples, seed);
    const wanted = new Map(batches.map((batch) => [batch.at, batch]));
    for (let at = 0; at <= Math.max(...wanted.keys()); at++) {
      const rows = rowsOf(dataSet.nextBatch(batchSize));
      const expected = wanted.get(at);
      if (expected === undefined) continue;
      expect(rows).toEqual(expected.rows);
      expect(dataSet.epochsCompleted).toBe(expected.epochsCompleted);
    }
  });

  test('scaled by 1/255 in float32, to the last bit', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
    const dataSet = new DataSet({
      images: { dtype: 'uint8', shape: [1, 16, 16], data: bytes },
      labels: { dtype: 'uint8', shape: [1], data: Uint8Array.of(0) },
    });
    expect([...dataSet.nextBatch(1).images.data]).toEqual(goldens.unit);
  });
});
