import type { DataSetSpec, FileSpec } from '../data-set-spec.js';

/** One hash for each of the four files. */
export interface FourHashes {
  readonly trainImages: string;
  readonly trainLabels: string;
  readonly testImages: string;
  readonly testLabels: string;
}

/**
 * Four files under MNIST's own names, as Fashion-MNIST and KMNIST have them.
 *
 * @param what - what the hashes are of
 */
export function mnistFiles(
  what: 'sha256' | 'gzipSha256',
  hashes: FourHashes,
): DataSetSpec['files'] {
  return filesNamed(what, hashes, {
    trainImages: 'train-images-idx3-ubyte',
    trainLabels: 'train-labels-idx1-ubyte',
    testImages: 't10k-images-idx3-ubyte',
    testLabels: 't10k-labels-idx1-ubyte',
  });
}

/** Four files under names of their own. */
export function filesNamed(
  what: 'sha256' | 'gzipSha256',
  hashes: FourHashes,
  names: Readonly<Record<keyof FourHashes, string>>,
): DataSetSpec['files'] {
  const file = (which: keyof FourHashes): FileSpec => ({
    name: names[which],
    [what]: hashes[which],
  });
  return {
    trainImages: file('trainImages'),
    trainLabels: file('trainLabels'),
    testImages: file('testImages'),
    testLabels: file('testLabels'),
  };
}
