import '@tensorflow/tfjs-backend-cpu';
import { memory, tidy } from '@tensorflow/tfjs-core';
import { DataSet } from '@unroll/mnist-idx/data-sets';
import { toTensors } from '@unroll/mnist-idx/tensors';
import { expectClose, expectNoLeak } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import { images, labels } from './tiny-mnist.js';

const split = { images: images(3, 1, 2), labels: labels(3) };

describe('toTensors', () => {
  test('makes float32 images and int32 labels', () => {
    tidy(() => {
      const batch = new DataSet(split).nextBatch(3, { shuffle: false });
      const tensors = toTensors(batch);
      expect([tensors.images.dtype, tensors.labels.dtype]).toEqual(['float32', 'int32']);
      expectClose(tensors.images, { shape: [3, 2], values: batch.images.data }, 0);
      expectClose(tensors.labels, { shape: [3], values: [9, 8, 7] }, 0);
    });
  });

  test('makes one-hot labels float32', () => {
    tidy(() => {
      const dataSet = new DataSet({ images: images(1, 1, 1), labels: labels(1) }, { oneHot: true });
      const tensors = toTensors(dataSet.nextBatch(1));
      expect(tensors.labels.dtype).toBe('float32');
      expectClose(tensors.labels, { shape: [1, 10], values: [0, 0, 0, 0, 0, 0, 0, 0, 0, 1] }, 0);
    });
  });

  test('leaves the values of bytes as they are, and takes a whole set or split', () => {
    tidy(() => {
      const values = [0, 7, 14, 21, 28, 35];
      const dataSet = new DataSet(split, { dtype: 'uint8', reshape: false });
      expectClose(toTensors(dataSet).images, { shape: [3, 1, 2, 1], values }, 0);
      expectClose(toTensors(split).images, { shape: [3, 1, 2], values }, 0);
      expect(toTensors(split).images.dtype).toBe('float32');
    });
  });

  test('makes two tensors, which the caller disposes, and none else', async () => {
    const dataSet = new DataSet(split);
    await expectNoLeak(() => {
      const before = memory().numTensors;
      const tensors = toTensors(dataSet.nextBatch(2));
      expect(memory().numTensors - before).toBe(2);
      tensors.images.dispose();
      tensors.labels.dispose();
    });
    await expectNoLeak(() => {
      tidy(() => {
        for (const batch of dataSet.batches(1)) toTensors(batch);
      });
    });
  });

  test('leaves no tensor where the labels do not fit', async () => {
    const wrong = { ...split, labels: { ...split.labels, shape: [4] } };
    await expectNoLeak(() => {
      expect(() => toTensors(wrong)).toThrow('the tensor should have 4 values but has 3');
    });
  });
});
