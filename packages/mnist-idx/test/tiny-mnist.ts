import { createHash } from 'node:crypto';
import { encodeIdx, type IdxArray, MNIST_FILES, type MnistFile } from '@unroll/mnist-idx';

/** Four small files in MNIST's format: 6 training and 4 test images of 2 by 3. */
export function tinyMnist(): Record<MnistFile, Uint8Array> {
  return {
    'train-images-idx3-ubyte': encodeIdx(images(6, 2, 3)),
    'train-labels-idx1-ubyte': encodeIdx(labels(6)),
    't10k-images-idx3-ubyte': encodeIdx(images(4, 2, 3)),
    't10k-labels-idx1-ubyte': encodeIdx(labels(4)),
  };
}

/** Images whose bytes count 0, 7, 14, ... modulo 256. */
export function images(
  count: number,
  rows: number,
  columns: number,
): IdxArray & { dtype: 'uint8' } {
  const data = Uint8Array.from({ length: count * rows * columns }, (_, i) => i * 7);
  return { dtype: 'uint8', shape: [count, rows, columns], data };
}

/** The labels 9, 8, 7, ... 0, 9, ... */
export function labels(count: number): IdxArray & { dtype: 'uint8' } {
  const data = Uint8Array.from({ length: count }, (_, i) => 9 - (i % 10));
  return { dtype: 'uint8', shape: [count], data };
}

/** The SHA-256 of each file, by Node's own crypto. */
export function hashesOf(
  files: Readonly<Record<MnistFile, Uint8Array>>,
): Record<MnistFile, string> {
  const hash = (file: MnistFile) => createHash('sha256').update(files[file]).digest('hex');
  return Object.fromEntries(MNIST_FILES.map((file) => [file, hash(file)])) as Record<
    MnistFile,
    string
  >;
}
