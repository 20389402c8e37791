import { MnistError } from '@unroll/mnist-idx';
import { type DataSet, readDataSets } from '@unroll/mnist-idx/data-sets';
import { describe, expect, expectTypeOf, test } from 'vitest';
import { rejectionOf } from './errors.js';
import { images, labels, tinyMnist } from './tiny-mnist.js';

const mnist = {
  train: { images: images(6, 2, 3), labels: labels(6) },
  test: { images: images(4, 2, 3), labels: labels(4) },
};

describe('readDataSets', () => {
  test('takes the first training examples for validation', async () => {
    const sets = await readDataSets(mnist, { validationSize: 2, dtype: 'uint8' });
    expect(sets.validation.images).toEqual({
      dtype: 'uint8',
      shape: [2, 6],
      data: images(6, 2, 3).data.subarray(0, 12),
    });
    expect(sets.validation.labels.data).toEqual(Uint8Array.of(9, 8));
    expect(sets.train.images).toEqual({
      dtype: 'uint8',
      shape: [4, 6],
      data: images(6, 2, 3).data.subarray(12),
    });
    expect(sets.train.labels.data).toEqual(Uint8Array.of(7, 6, 5, 4));
    expect(sets.test.images.data).toEqual(images(4, 2, 3).data);
    expect(sets.test.labels.data).toEqual(Uint8Array.of(9, 8, 7, 6));
  });

  test.each([
    ['a path, as TensorFlow 1 takes', 'data/', 'String'],
    ['an object of something else', {}, 'Object'],
    ['nothing', undefined, 'undefined'],
  ])('does not take %s', async (_, from, kind) => {
    expect(await rejectionOf(readDataSets(from as never))).toEqual(
      new TypeError(
        'readDataSets: from: expected { source }, such as folderSource(path), ' +
          `or what loadMnist returned, got ${kind}`,
      ),
    );
  });

  test('loads from a source as well', async () => {
    const loaded = await readDataSets(
      { source: tinyMnist(), verify: false },
      { validationSize: 1, oneHot: true, reshape: false, seed: 2 },
    );
    const given = await readDataSets(mnist, {
      validationSize: 1,
      oneHot: true,
      reshape: false,
      seed: 2,
    });
    for (const split of ['train', 'validation', 'test'] as const) {
      expect(loaded[split].images).toEqual(given[split].images);
      expect(loaded[split].labels).toEqual(given[split].labels);
    }
    expect(loaded.train.images.shape).toEqual([5, 2, 3, 1]);
    expect(loaded.train.labels.shape).toEqual([5, 10]);
    expectTypeOf(loaded.train).toEqualTypeOf<DataSet<'float32', true>>();
  });

  test('seeds all three alike, given a seed or not', async () => {
    const given = await readDataSets(mnist, { validationSize: 1, seed: 11 });
    expect([given.train.seed, given.validation.seed, given.test.seed]).toEqual([11, 11, 11]);
    const { train, validation, test: tests } = await readDataSets(mnist, { validationSize: 1 });
    expect([validation.seed, tests.seed]).toEqual([train.seed, train.seed]);
  });

  test('can leave none for validation, or none for training', async () => {
    const none = await readDataSets(mnist, { validationSize: 0 });
    expect([none.train.numExamples, none.validation.numExamples]).toEqual([6, 0]);
    const all = await readDataSets(mnist, { validationSize: 6 });
    expect([all.train.numExamples, all.validation.numExamples]).toEqual([0, 6]);
  });
});

describe('fake data', () => {
  test('are 10,000 images of ones and labels of 0 in each split, as in TensorFlow 1', async () => {
    const { train, validation, test: tests } = await readDataSets({ fakeData: true });
    expect([train, validation, tests].map((set) => set.numExamples)).toEqual([
      10_000, 10_000, 10_000,
    ]);
    expect(train.nextBatch(2)).toEqual({
      images: { dtype: 'float32', shape: [2, 784], data: new Float32Array(2 * 784).fill(1) },
      labels: { dtype: 'uint8', shape: [2], data: Uint8Array.of(0, 0) },
    });
  });

  test('follow the options', async () => {
    const options = { dtype: 'uint8', oneHot: true, reshape: false, seed: 4 } as const;
    const { test: tests } = await readDataSets({ fakeData: true }, options);
    expect(tests.seed).toBe(4);
    expect(tests.nextBatch(1)).toEqual({
      images: { dtype: 'uint8', shape: [1, 28, 28, 1], data: new Uint8Array(784).fill(1) },
      labels: {
        dtype: 'float32',
        shape: [1, 10],
        data: Float32Array.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 0),
      },
    });
  });
});

describe('readDataSets refuses', () => {
  test.each([-1, 7, 2.5, Number.NaN])('%s of 6 for validation', async (validationSize) => {
    await expect(readDataSets(mnist, { validationSize })).rejects.toThrow(
      new RangeError(
        `readDataSets: validationSize: expected an integer from 0 to 6, got ${validationSize}`,
      ),
    );
  });

  test('the default of 5000 where there are fewer', async () => {
    await expect(readDataSets(mnist)).rejects.toThrow(
      new RangeError('readDataSets: validationSize: expected an integer from 0 to 6, got 5000'),
    );
  });

  test('a seed that is not whole', async () => {
    await expect(readDataSets(mnist, { seed: Number.NaN })).rejects.toThrow(
      new RangeError('readDataSets: seed: expected a safe integer, got NaN'),
    );
  });

  test('labels that are not as many as images', async () => {
    const train = { images: images(6, 2, 3), labels: labels(5) };
    await expect(readDataSets({ ...mnist, train }, { validationSize: 1 })).rejects.toThrow(
      new RangeError('DataSet: labels: expected 6, one for each image, got 5'),
    );
  });

  test('files that are not MNIST', async () => {
    await expect(readDataSets({ source: tinyMnist() })).rejects.toThrow(MnistError);
  });
});
