import type { IdxArrayOf, MnistSplit } from '@unroll/mnist-idx';
import { type Batch, DataSet, type ImageDtype } from '@unroll/mnist-idx/data-sets';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { images, labels } from './tiny-mnist.js';

/** The labels of batches. */
function labelsOf(batches: Iterable<Batch<ImageDtype, false>>): number[][] {
  return Array.from(batches, (batch) => [...batch.labels.data]);
}

const five: MnistSplit = { images: images(5, 1, 2), labels: labels(5) };

describe('DataSet', () => {
  test('has rows of floats from 0 to 1 and labels as numbers, unless told otherwise', () => {
    const dataSet = new DataSet({
      images: { dtype: 'uint8', shape: [2, 1, 2], data: Uint8Array.of(0, 51, 102, 255) },
      labels: { dtype: 'uint8', shape: [2], data: Uint8Array.of(3, 4) },
    });
    expect(dataSet.images).toEqual({
      dtype: 'float32',
      shape: [2, 2],
      // Times 1/255 in float32: the neighbours of 0.2 and 0.4.
      data: Float32Array.of(0, 0.20000001788139343, 0.40000003576278687, 1),
    });
    expect(dataSet.labels).toEqual({ dtype: 'uint8', shape: [2], data: Uint8Array.of(3, 4) });
    expect(dataSet.numExamples).toBe(2);
    expect(dataSet.epochsCompleted).toBe(0);
  });

  test('has bytes, depth and one-hot rows where asked', () => {
    const options = { dtype: 'uint8', reshape: false, oneHot: true, numClasses: 10 } as const;
    const dataSet = new DataSet({ images: images(2, 1, 2), labels: labels(2) }, options);
    expect(dataSet.images).toEqual({
      dtype: 'uint8',
      shape: [2, 1, 2, 1],
      data: Uint8Array.of(0, 7, 14, 21),
    });
    expect(dataSet.labels).toEqual({
      dtype: 'float32',
      shape: [2, 10],
      data: Float32Array.of(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0),
    });
  });

  test('has as many one-hot classes as asked', () => {
    const split = { images: images(2, 1, 1), labels: labels(2) };
    const dataSet = new DataSet(split, { oneHot: true, numClasses: 26 });
    expect(dataSet.labels.shape).toEqual([2, 26]);
    expect([...dataSet.labels.data.keys()].filter((i) => dataSet.labels.data[i] === 1)).toEqual([
      9,
      26 + 8,
    ]);
  });

  test('makes the whole set once, and of bytes a view', () => {
    const floats = new DataSet(five);
    expect(floats.images).toBe(floats.images);
    expect(floats.labels.data).toBe(five.labels.data);
    expect(new DataSet(five, { dtype: 'uint8' }).images.data).toBe(five.images.data);
  });

  test('keeps the order of the file in images and labels, whatever is drawn', () => {
    const dataSet = new DataSet(five, { dtype: 'uint8', seed: 1 });
    for (let i = 0; i < 7; i++) dataSet.nextBatch(3);
    expect(dataSet.images.data).toEqual(images(5, 1, 2).data);
    expect(dataSet.labels.data).toEqual(labels(5).data);
  });

  test('knows its types by its options', () => {
    const plain = new DataSet(five);
    expectTypeOf(plain).toEqualTypeOf<DataSet>();
    expectTypeOf(plain.nextBatch(1)).toEqualTypeOf<Batch<'float32', false>>();
    expectTypeOf(plain.nextBatch(1).images.data).toEqualTypeOf<Float32Array>();
    expectTypeOf(plain.labels).toEqualTypeOf<IdxArrayOf<'uint8'>>();

    const other = new DataSet(five, { dtype: 'uint8', oneHot: true });
    expectTypeOf(other.images.data).toEqualTypeOf<Uint8Array>();
    expectTypeOf(other.labels).toEqualTypeOf<IdxArrayOf<'float32'>>();
    expect(other.labels.dtype).toBe('float32');
  });
});

describe('nextBatch', () => {
  test('draws the same for the same seed, and each DataSet for itself', () => {
    const one = new DataSet(five, { dtype: 'uint8', seed: 3 });
    const two = new DataSet(five, { dtype: 'uint8', seed: 3 });
    const ones = Array.from({ length: 6 }, () => one.nextBatch(4));
    const twos = Array.from({ length: 6 }, () => two.nextBatch(4));
    expect(ones).toEqual(twos);
  });

  test('has a random seed where none is given, and tells it', () => {
    const many = { images: images(1000, 1, 1), labels: labels(1000) };
    const one = new DataSet(many);
    const two = new DataSet(many);
    expect(one.seed).not.toBe(two.seed);
    const order = one.nextBatch(1000).images;
    expect(two.nextBatch(1000).images).not.toEqual(order);
    expect(new DataSet(many, { seed: one.seed }).nextBatch(1000).images).toEqual(order);
  });

  test('tells the seed as TensorFlow 1 truncates it', () => {
    const given = [0, 7, 2 ** 31 - 1, 2 ** 31, -1, 1 - 2 ** 31];
    const told = given.map((seed) => new DataSet(five, { seed }).seed);
    expect(told).toEqual([0, 7, 0, 1, 2 ** 31 - 2, 0]);
  });

  test('is every example once per epoch', () => {
    const dataSet = new DataSet(five, { seed: 5 });
    for (let epoch = 0; epoch < 20; epoch++) {
      const drawn = Array.from({ length: 5 }, () => dataSet.nextBatch(1).labels.data[0]);
      expect(new Set(drawn)).toEqual(new Set([5, 6, 7, 8, 9]));
    }
  });

  test('gives memory that is the caller’s', () => {
    const dataSet = new DataSet(five, { dtype: 'uint8' });
    const { images: drawn, labels: theirs } = dataSet.nextBatch(5, { shuffle: false });
    drawn.data.fill(99);
    theirs.data.fill(99);
    expect(dataSet.nextBatch(5, { shuffle: false }).images.data).toEqual(images(5, 1, 2).data);
    expect(dataSet.labels.data).toEqual(labels(5).data);
  });
});

describe('batches', () => {
  test('are full, and in the order of the file', () => {
    const dataSet = new DataSet(five);
    expect(labelsOf(dataSet.batches(2))).toEqual([
      [9, 8],
      [7, 6],
    ]);
    expect(labelsOf(dataSet.batches(5))).toEqual([[9, 8, 7, 6, 5]]);
    expect(labelsOf(dataSet.batches(4))).toEqual([[9, 8, 7, 6]]);
  });

  test('have the rest where asked', () => {
    const dataSet = new DataSet(five, { dtype: 'uint8' });
    expect(labelsOf(dataSet.batches(2, { keepLast: true }))).toEqual([[9, 8], [7, 6], [5]]);
    expect(labelsOf(dataSet.batches(5, { keepLast: true }))).toEqual([[9, 8, 7, 6, 5]]);
    expect([...dataSet.batches(3, { keepLast: true })].map((batch) => batch.images)).toEqual([
      { dtype: 'uint8', shape: [3, 2], data: Uint8Array.of(0, 7, 14, 21, 28, 35) },
      { dtype: 'uint8', shape: [2, 2], data: Uint8Array.of(42, 49, 56, 63) },
    ]);
  });

  test('do not move nextBatch, nor does it move them', () => {
    const dataSet = new DataSet(five, { seed: 8 });
    const alone = new DataSet(five, { seed: 8 });
    const seen: number[][] = [];
    for (const batch of dataSet.batches(2)) {
      seen.push([...batch.labels.data]);
      expect(dataSet.nextBatch(2)).toEqual(alone.nextBatch(2));
    }
    expect(seen).toEqual([
      [9, 8],
      [7, 6],
    ]);
  });

  test('give memory that is the caller’s', () => {
    const dataSet = new DataSet(five, { dtype: 'uint8' });
    for (const batch of dataSet.batches(5)) {
      batch.images.data.fill(99);
      batch.labels.data.fill(99);
    }
    expect(dataSet.images.data).toEqual(images(5, 1, 2).data);
    expect(dataSet.labels.data).toEqual(labels(5).data);
  });
});

describe('memory of the caller’s', () => {
  const options = { oneHot: true, seed: 2 } as const;
  const sevens = (length: number) => new Float32Array(length).fill(7);

  test('is what a batch is written to, whatever was in it', () => {
    const into = { images: sevens(6), labels: new Float32Array(30).fill(7) };
    const dataSet = new DataSet(five, options);
    const alone = new DataSet(five, options);
    for (let i = 0; i < 3; i++) {
      const batch = dataSet.nextBatch(3, { into });
      expect(batch.images.data).toBe(into.images);
      expect(batch.labels.data).toBe(into.labels);
      expect(batch).toEqual(alone.nextBatch(3));
    }
    expect(dataSet.batch(1, 4, { into })).toEqual(alone.batch(1, 4));
  });

  test('can be for one of the two', () => {
    const dataSet = new DataSet(five, { dtype: 'uint8' });
    const into = { labels: new Uint8Array(2) };
    const batch = dataSet.batch(0, 2, { into });
    expect(batch.labels.data).toBe(into.labels);
    expect(into.labels).toEqual(Uint8Array.of(9, 8));
    expect(batch.images.data).toEqual(Uint8Array.of(0, 7, 14, 21));
    expect(batch.images.data.buffer).not.toBe(five.images.data.buffer);
  });

  test('can have floats of 0 to 255, which a multiplication makes the same', () => {
    const dataSet = new DataSet(five, options);
    const raw = new DataSet(five, options).nextBatch(4, { scale: false });
    const unit = Math.fround(1 / 255);
    const { images: scaled } = dataSet.nextBatch(4);
    expect(raw.images.data.map((value) => value * unit)).toEqual(scaled.data);
    expect(dataSet.batch(0, 2, { scale: false }).images.data).toEqual(
      Float32Array.of(0, 7, 14, 21),
    );
  });

  test('of another length or type is refused before anything is drawn', () => {
    const dataSet = new DataSet(five, options);
    expect(() => dataSet.nextBatch(3, { into: { images: sevens(7) } })).toThrow(
      new RangeError('DataSet.nextBatch: into.images: expected 6 numbers, got 7'),
    );
    const wrong = { images: sevens(6), labels: new Uint8Array(30) as unknown as Float32Array };
    expect(() => dataSet.nextBatch(3, { into: wrong })).toThrow(
      new TypeError('DataSet.nextBatch: into.labels: expected Float32Array, got Uint8Array'),
    );
    expect(() => dataSet.batch(0, 1, { into: { images: sevens(0) } })).toThrow(
      new RangeError('DataSet.batch: into.images: expected 2 numbers, got 0'),
    );
    expect(dataSet.nextBatch(5)).toEqual(new DataSet(five, options).nextBatch(5));
  });
});

describe('batch', () => {
  test('is any examples in a row, in the order of the file', () => {
    const dataSet = new DataSet(five, { dtype: 'uint8' });
    dataSet.nextBatch(2);
    expect(dataSet.batch(3, 5).labels.data).toEqual(Uint8Array.of(6, 5));
    expect(dataSet.batch(2, 2).images).toEqual({
      dtype: 'uint8',
      shape: [0, 2],
      data: Uint8Array.of(),
    });
  });

  test.each([
    [-1, 2],
    [3, 2],
    [0, 6],
    [0.5, 1],
    [0, Number.NaN],
  ])('is refused from %s up to %s of 5', (start, end) => {
    expect(() => new DataSet(five).batch(start, end)).toThrow(
      new RangeError(
        `DataSet.batch: start, end: expected integers in order from 0 to 5, got ${start}, ${end}`,
      ),
    );
  });
});
