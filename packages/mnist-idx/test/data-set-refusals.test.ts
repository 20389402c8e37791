import type { MnistSplit } from '@unroll/mnist-idx';
import { DataSet } from '@unroll/mnist-idx/data-sets';
import { describe, expect, test } from 'vitest';
import { images, labels } from './tiny-mnist.js';

const five: MnistSplit = { images: images(5, 1, 2), labels: labels(5) };

describe('DataSet refuses', () => {
  test.each([0, -1, 6, 1.5, Number.NaN, Infinity, '2' as unknown as number])(
    'a batch of %s of 5',
    (batchSize) => {
      const dataSet = new DataSet(five, { seed: 1 });
      const message = `batchSize: expected an integer from 1 to 5, got ${batchSize}`;
      expect(() => dataSet.nextBatch(batchSize)).toThrow(
        new RangeError(`DataSet.nextBatch: ${message}`),
      );
      expect(() => dataSet.batches(batchSize)).toThrow(
        new RangeError(`DataSet.batches: ${message}`),
      );
      expect(dataSet.nextBatch(5)).toEqual(new DataSet(five, { seed: 1 }).nextBatch(5));
    },
  );

  test('a batch of no examples', () => {
    const dataSet = new DataSet({ images: images(0, 2, 2), labels: labels(0) });
    expect(dataSet.images).toEqual({
      dtype: 'float32',
      shape: [0, 4],
      data: new Float32Array(0),
    });
    expect(() => dataSet.nextBatch(1)).toThrow(
      new RangeError(
        'DataSet.nextBatch: batchSize: expected a data set that has examples, got an empty one',
      ),
    );
  });

  const wide = { dtype: 'int32', shape: [5], data: new Int32Array(5) };
  const cases: [what: string, split: object, options: object, error: Error][] = [
    [
      'labels that are not as many as images',
      { labels: labels(4) },
      {},
      new RangeError('DataSet: labels: expected 5, one for each image, got 4'),
    ],
    [
      'images of another rank',
      { images: { dtype: 'uint8', shape: [5, 4], data: new Uint8Array(20) } },
      {},
      new RangeError('DataSet: images: expected shape [n, rows, columns], got [5, 4]'),
    ],
    [
      'labels of another rank',
      { labels: { dtype: 'uint8', shape: [5, 1], data: new Uint8Array(5) } },
      {},
      new RangeError('DataSet: labels: expected shape [n], got [5, 1]'),
    ],
    [
      'data that do not fit their shape',
      { images: { dtype: 'uint8', shape: [5, 2, 2], data: new Uint8Array(19) } },
      {},
      new RangeError('DataSet: images: expected 20 numbers for shape [5, 2, 2], got 19'),
    ],
    [
      'labels of another type',
      { labels: wide },
      {},
      new TypeError('DataSet: labels: expected uint8, got int32'),
    ],
    [
      'another dtype',
      {},
      { dtype: 'float64' },
      new TypeError("DataSet: dtype: expected 'uint8' or 'float32', got float64"),
    ],
    [
      'a label that has no place in a one-hot row',
      {},
      { oneHot: true, numClasses: 8 },
      new RangeError('DataSet: labels: expected 0 to 7 for 8 classes, got 9 at 0'),
    ],
    [
      'a number of classes that is none',
      {},
      { oneHot: true, numClasses: 9.5 },
      new RangeError('DataSet: numClasses: expected an integer from 1, got 9.5'),
    ],
    [
      'a seed that is not whole',
      {},
      { seed: 0.5 },
      new RangeError('DataSet: seed: expected a safe integer, got 0.5'),
    ],
  ];

  test.each(cases)('%s', (_, split, options, error) => {
    expect(() => new DataSet({ ...five, ...split }, options)).toThrow(error);
  });
});
