import type { DataSetSpec, RawSplit } from '../data-set-spec.js';
import type { IdxArrayOf } from '../idx-array.js';
import type { MnistSplit } from '../mnist.js';
import { filesNamed } from './mnist-files.js';

/** What QMNIST tells of each digit, in the order of the columns of {@link QmnistSplit.details}. */
export const QMNIST_COLUMNS = [
  'class',
  'NIST HSF series',
  'NIST writer',
  "index of the writer's digit",
  'NIST class',
  'index in NIST',
  'duplicate',
  'unused',
] as const;

/** A split whose labels come with where in NIST's data each digit was found. */
export interface QmnistSplit extends MnistSplit {
  /** Shape `[n, 8]`, see {@link QMNIST_COLUMNS}: the labels file as it is. */
  readonly details: IdxArrayOf<'int32'>;
}

const TEST_10K = 10_000;

/**
 * MNIST made anew from NIST's own data, 60,000 training images and, where MNIST has 10,000, 60,000
 * test images. Known by the hashes of its gzip files only (those of TensorFlow Datasets and of
 * torchvision's prototype, which agree).
 */
export const QMNIST: DataSetSpec<QmnistSplit> = {
  name: 'QMNIST',
  files: filesNamed(
    'gzipSha256',
    {
      trainImages: '9e26a7bf1683614e065d7b76460ccd52807165b3f22561fb782bd9f38c52b51d',
      trainLabels: '2c05dc77f6b916b38e455e97ab129a42a444f3dbef09b278a366f82904e0dd9f',
      testImages: '43fc22bf7498b8fc98de98369d72f752d0deabc280a43a7bcc364ab19e57b375',
      testLabels: '9fbcbe594c3766fdf4f0b15c5165dc0d1e57ac604e01422608bb72c906030d06',
    },
    {
      trainImages: 'qmnist-train-images-idx3-ubyte',
      trainLabels: 'qmnist-train-labels-idx2-int',
      testImages: 'qmnist-test-images-idx3-ubyte',
      testLabels: 'qmnist-test-labels-idx2-int',
    },
  ),
  classes: Array.from('0123456789'),
  mirrors: ['https://raw.githubusercontent.com/facebookresearch/qmnist/master/'],
  corsMirrors: ['https://raw.githubusercontent.com/facebookresearch/qmnist/master/'],
  labels: ['int32', 2],
  arrange: toQmnistSplit,
};

/** QMNIST, of whose test images only the 10,000 that are MNIST's. */
export const QMNIST_10K: DataSetSpec<QmnistSplit> = {
  ...QMNIST,
  arrange: (raw, which) => {
    const split = toQmnistSplit(raw);
    return which === 'test' ? rows(split, 0, TEST_10K) : split;
  },
};

/** QMNIST, of whose test images only the 50,000 that MNIST does not have. */
export const QMNIST_50K: DataSetSpec<QmnistSplit> = {
  ...QMNIST,
  arrange: (raw, which) => {
    const split = toQmnistSplit(raw);
    return which === 'test' ? rows(split, TEST_10K, split.labels.data.length) : split;
  },
};

function toQmnistSplit({ images, labels }: RawSplit): QmnistSplit {
  // `loadMnist` has seen to it that they are what `labels` above says.
  const details = labels as IdxArrayOf<'int32'>;
  const [count = 0, columns = 0] = details.shape;
  const data = Uint8Array.from({ length: count }, (_, row) => details.data[row * columns] ?? 0);
  return { images, labels: { dtype: 'uint8', shape: [count], data }, details };
}

/** The rows from `start` up to `end`, as views. */
function rows({ images, labels, details }: QmnistSplit, start: number, end: number): QmnistSplit {
  return {
    images: { ...images, ...part(images, start, end) },
    labels: { ...labels, ...part(labels, start, end) },
    details: { ...details, ...part(details, start, end) },
  };
}

function part<Data extends { subarray(start: number, end: number): Data; readonly length: number }>(
  { shape, data }: { readonly shape: readonly number[]; readonly data: Data },
  start: number,
  end: number,
): { readonly shape: readonly number[]; readonly data: Data } {
  const [count = 1, ...rest] = shape;
  const size = data.length / count;
  return { shape: [end - start, ...rest], data: data.subarray(start * size, end * size) };
}
