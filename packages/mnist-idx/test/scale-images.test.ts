import { DataSet, scaleImages } from '@unroll/mnist-idx/data-sets';
import { describe, expect, test } from 'vitest';
import goldens from './goldens/next-batch.json' with { type: 'json' };

const bytes = Uint8Array.from({ length: 1001 }, (_, i) => (i * 89) % 256);
const units = Float32Array.from(bytes, (byte) => goldens.unit[byte] ?? Number.NaN);

describe('scaleImages', () => {
  test('is numpy’s multiplication to the last bit, wherever the bytes and the floats lie', () => {
    for (const from of [0, 1, 2, 3]) {
      for (const at of [0, 1, 2]) {
        for (const length of [0, 1, 2, 784, 997]) {
          const data = bytes.subarray(from, from + length);
          const into = new Float32Array(1001).subarray(at, at + length);
          const images = { dtype: 'uint8', shape: [length], data } as const;
          const scaled = scaleImages(images, { into });
          expect(scaled).toEqual({ dtype: 'float32', shape: [length], data: into });
          expect(into).toEqual(units.subarray(from, from + length));
        }
      }
    }
  });

  test('keeps the shape, and makes memory of its own', () => {
    const data = bytes.slice(0, 8);
    const before = data.slice();
    const scaled = scaleImages({ dtype: 'uint8', shape: [2, 2, 2], data });
    expect(scaled).toEqual({ dtype: 'float32', shape: [2, 2, 2], data: units.subarray(0, 8) });
    expect(data).toEqual(before);
  });

  test('is what a DataSet’s floats are', () => {
    const images = { dtype: 'uint8', shape: [7, 11, 13], data: bytes } as const;
    const labels = { dtype: 'uint8', shape: [7], data: new Uint8Array(7) } as const;
    const dataSet = new DataSet({ images, labels }, { seed: 1 });
    expect(dataSet.images.data).toEqual(units);
    expect(dataSet.batch(3, 5).images.data).toEqual(units.subarray(3 * 143, 5 * 143));
  });

  test('refuses memory of another length', () => {
    const images = { dtype: 'uint8', shape: [3], data: Uint8Array.of(1, 2, 3) } as const;
    expect(() => scaleImages(images, { into: new Float32Array(4) })).toThrow(
      new RangeError('scaleImages: into: expected 3 numbers, got 4'),
    );
  });

  test('refuses numbers that are not bytes, and memory that is not float32', () => {
    const images = { dtype: 'uint8', shape: [1], data: Uint8Array.of(1) } as const;
    const floats = { ...images, data: Float32Array.of(1) as never };
    expect(() => scaleImages(floats)).toThrow(
      new TypeError('scaleImages: images: expected Uint8Array, got Float32Array'),
    );
    expect(() => scaleImages(images, { into: new Float64Array(1) as never })).toThrow(
      new TypeError('scaleImages: into: expected Float32Array, got Float64Array'),
    );
  });
});
