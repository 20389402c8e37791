import type { DataSetSpec } from '../data-set-spec.js';
import { MNIST } from '../mnist-spec.js';

/** Those of MNIST, which its table leaves out. */
const MNIST_MIRRORS = {
  mirrors: [
    'https://ossci-datasets.s3.amazonaws.com/mnist/',
    'https://storage.googleapis.com/cvdf-datasets/mnist/',
    'https://cdn.jsdelivr.net/gh/fgnt/mnist/',
  ],
  corsMirrors: ['https://cdn.jsdelivr.net/gh/fgnt/mnist/'],
} as const;

/** Where a data set is published. */
export function mirrorsOf(
  dataSet: DataSetSpec,
  which: 'mirrors' | 'corsMirrors',
): readonly string[] {
  const own = dataSet.files === MNIST.files ? MNIST_MIRRORS[which] : [];
  return dataSet[which] ?? own;
}
