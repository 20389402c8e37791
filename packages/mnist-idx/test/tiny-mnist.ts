import { createHash } from 'node:crypto';
import { type DataSetSpec, encodeIdx, type FileSpec, type IdxArray } from '@unroll/mnist-idx';

/** A name of MNIST's four files. */
export type TinyFile = `${'train' | 't10k'}-${'images-idx3' | 'labels-idx1'}-ubyte`;

/** Four small files in MNIST's format: 6 training and 4 test images of 2 by 3. */
export function tinyMnist(): Record<TinyFile, Uint8Array> {
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

/** The SHA-256 of some bytes, by Node's own crypto. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A table of MNIST's names with the hashes of these files. */
export function specOf(files: Readonly<Record<TinyFile, Uint8Array>>): DataSetSpec {
  return {
    name: 'tiny',
    files: withHashes((name) => ({ sha256: hashOf(files[name]) })),
    classes: Array.from('0123456789'),
  };
}

/** MNIST's four names, each with the hash that is given for it. */
export function withHashes(hash: (name: TinyFile) => Omit<FileSpec, 'name'>): DataSetSpec['files'] {
  const file = (name: TinyFile) => ({ name, ...hash(name) });
  return {
    trainImages: file('train-images-idx3-ubyte'),
    trainLabels: file('train-labels-idx1-ubyte'),
    testImages: file('t10k-images-idx3-ubyte'),
    testLabels: file('t10k-labels-idx1-ubyte'),
  };
}
