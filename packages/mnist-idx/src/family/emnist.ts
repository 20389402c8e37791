import type { ArchiveSpec, DataSetSpec, RawSplit } from '../data-set-spec.js';
import type { IdxArrayOf } from '../idx-array.js';
import type { MnistSplit } from '../mnist.js';
import { EMNIST_HASHES, type EmnistSplitName } from './emnist-hashes.js';
import { filesNamed } from './mnist-files.js';

const DIGITS = '0123456789';
const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
/** The small letters that do not look like the capital one. */
const UNMERGED = 'abdefghnqrt';

/** One archive of 562 MB; its hash is TensorFlow Datasets'. */
const archive: ArchiveSpec = {
  name: 'gzip.zip',
  folder: 'gzip/',
  sha256: 'fb9bb67e33772a9cc0b895e4ecf36d2cf35be8b709693c3564cea2a019fcda8e',
};

/**
 * Handwritten digits and letters, 28 by 28, in six data sets:
 *
 * | data set   | classes                                                | training | test    |
 * | ---------- | ------------------------------------------------------ | -------- | ------- |
 * | `byclass`  | 62: digits, capital and small letters                  | 697,932  | 116,323 |
 * | `bymerge`  | 47: small letters that look like capitals are capitals | 697,932  | 116,323 |
 * | `balanced` | the same 47, all equally often                         | 112,800  | 18,800  |
 * | `letters`  | 26: capital and small as one                           | 124,800  | 20,800  |
 * | `digits`   | 10                                                     | 240,000  | 40,000  |
 * | `mnist`    | 10                                                     | 60,000   | 10,000  |
 *
 * The files have every image transposed, and the letters' labels from 1 to 26; what is loaded is
 * upright, with labels from 0.
 */
export const EMNIST: Readonly<Record<EmnistSplitName, DataSetSpec>> = {
  byclass: emnist('byclass', DIGITS + UPPER + LOWER),
  bymerge: emnist('bymerge', DIGITS + UPPER + UNMERGED),
  balanced: emnist('balanced', DIGITS + UPPER + UNMERGED),
  letters: emnist('letters', LOWER, 1),
  digits: emnist('digits', DIGITS),
  mnist: emnist('mnist', DIGITS),
};

function emnist(split: EmnistSplitName, classes: string, firstLabel = 0): DataSetSpec {
  const file = (rest: string): string => `emnist-${split}-${rest}`;
  return {
    // All six are in one archive, and so in one folder of a cache.
    name: 'EMNIST',
    files: filesNamed('gzipSha256', EMNIST_HASHES[split], {
      trainImages: file('train-images-idx3-ubyte'),
      trainLabels: file('train-labels-idx1-ubyte'),
      testImages: file('test-images-idx3-ubyte'),
      testLabels: file('test-labels-idx1-ubyte'),
    }),
    classes: Array.from(classes),
    mirrors: ['https://biometrics.nist.gov/cs_links/EMNIST/'],
    archive,
    arrange: (raw) => upright(raw, firstLabel),
  };
}

function upright({ images, labels }: RawSplit, firstLabel: number): MnistSplit {
  const { shape, data } = labels as IdxArrayOf<'uint8'>;
  return {
    images: transpose(images),
    labels: { dtype: 'uint8', shape, data: data.map((label) => label - firstLabel) },
  };
}

/** Swaps the rows and the columns of every image. */
function transpose({ dtype, shape, data }: IdxArrayOf<'uint8'>): IdxArrayOf<'uint8'> {
  const [count = 0, rows = 0, columns = 0] = shape;
  const into = new Uint8Array(data.length);
  const size = rows * columns;
  for (let start = 0; start < data.length; start += size) {
    for (let row = 0; row < rows; row++) {
      for (let column = 0; column < columns; column++) {
        into[start + column * rows + row] = data[start + row * columns + column] as number;
      }
    }
  }
  return { dtype, shape: [count, columns, rows], data: into };
}
