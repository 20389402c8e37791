import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { type DataSetSpec, encodeIdx, loadMnist, MNIST } from '@unroll/mnist-idx';
import {
  EMNIST,
  FASHION_MNIST,
  KMNIST,
  QMNIST,
  QMNIST_10K,
  QMNIST_50K,
  QMNIST_COLUMNS,
} from '@unroll/mnist-idx/family';
import { readDataSets } from '@unroll/mnist-idx/data-sets';
import { folderSource } from '@unroll/mnist-idx/node';
import { describe, expect, test } from 'vitest';
import { rejectionOf } from './errors.js';
import { hashOf, images, labels, tinyMnist, withHashes } from './tiny-mnist.js';

const debian = '/usr/share/datasets/fashion-mnist/';
const debianIsThere = existsSync(debian);
if (!debianIsThere) {
  process.stderr.write('family.test.ts: SKIPPED Fashion-MNIST: install dataset-fashion-mnist\n');
}

const all: readonly [name: string, spec: DataSetSpec, classes: number][] = [
  ['MNIST', MNIST, 10],
  ['FASHION_MNIST', FASHION_MNIST, 10],
  ['KMNIST', KMNIST, 10],
  ['EMNIST.byclass', EMNIST.byclass, 62],
  ['EMNIST.bymerge', EMNIST.bymerge, 47],
  ['EMNIST.balanced', EMNIST.balanced, 47],
  ['EMNIST.letters', EMNIST.letters, 26],
  ['EMNIST.digits', EMNIST.digits, 10],
  ['EMNIST.mnist', EMNIST.mnist, 10],
  ['QMNIST', QMNIST, 10],
  ['QMNIST_10K', QMNIST_10K, 10],
  ['QMNIST_50K', QMNIST_50K, 10],
];

describe.each(all)('%s', (_, spec, classes) => {
  test('has a hash for each of four files, and a name for each class', () => {
    const files = Object.values(spec.files);
    expect(new Set(files.map(({ name }) => name)).size).toBe(4);
    const hashes = files.map(({ sha256, gzipSha256 }) => sha256 ?? gzipSha256);
    expect(new Set(hashes).size).toBe(4);
    for (const hash of hashes) expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(new Set(spec.classes).size).toBe(classes);
  });
});

/** The same table with the hashes of other files. */
function withFiles(spec: DataSetSpec, files: Readonly<Record<string, Uint8Array>>): DataSetSpec {
  const entries = Object.entries(spec.files).map(([which, { name }]) => {
    return [which, { name, gzipSha256: hashOf(files[name] ?? Uint8Array.of()) }];
  });
  return { ...spec, files: Object.fromEntries(entries) as DataSetSpec['files'] };
}

describe('EMNIST', () => {
  const { letters } = EMNIST;
  const { trainImages, trainLabels, testImages, testLabels } = letters.files;
  const one = { dtype: 'uint8', shape: [3], data: Uint8Array.of(1, 26, 2) } as const;
  const files = {
    [trainImages.name]: gzipSync(encodeIdx(images(3, 2, 2))),
    [trainLabels.name]: gzipSync(encodeIdx(one)),
    [testImages.name]: gzipSync(encodeIdx(images(1, 2, 2))),
    [testLabels.name]: gzipSync(encodeIdx({ ...one, shape: [1], data: Uint8Array.of(7) })),
  };

  test('comes upright, and its labels are places in its classes', async () => {
    const { train, test: tests } = await loadMnist({
      source: files,
      dataSet: withFiles(letters, files),
    });
    expect(train.images).toEqual({
      dtype: 'uint8',
      shape: [3, 2, 2],
      data: Uint8Array.of(0, 14, 7, 21, 28, 42, 35, 49, 56, 70, 63, 77),
    });
    expect([...train.labels.data].map((label) => letters.classes[label])).toEqual(['a', 'z', 'b']);
    expect(letters.classes[tests.labels.data[0] ?? -1]).toBe('g');
  });

  test('is one-hot in as many columns as it has classes', async () => {
    const from = { source: files, dataSet: withFiles(letters, files) };
    const { train } = await readDataSets(from, { oneHot: true, validationSize: 0 });
    expect(train.labels.shape).toEqual([3, 26]);
  });

  test('keeps the bytes that it was given as they are', async () => {
    const raw = encodeIdx(images(3, 2, 2));
    const before = Uint8Array.from(raw);
    const source = { ...files, [trainImages.name]: raw };
    await loadMnist({ source, dataSet: letters, verify: false });
    expect(raw).toEqual(before);
  });

  test('names the classes of merged letters in the order of its labels', () => {
    expect(EMNIST.balanced.classes.slice(35).join('')).toBe('Zabdefghnqrt');
    expect(EMNIST.byclass.classes.slice(34, 38).join('')).toBe('YZab');
  });
});

describe('QMNIST', () => {
  const { trainImages, trainLabels, testImages, testLabels } = QMNIST.files;
  const count = 10_002;
  const details = (rows: number) => {
    const data = Int32Array.from({ length: rows * 8 }, (_, i) => (i % 8 === 0 ? (i / 8) % 10 : i));
    return { dtype: 'int32', shape: [rows, 8], data } as const;
  };
  const files = {
    [trainImages.name]: gzipSync(encodeIdx(images(3, 2, 3))),
    [trainLabels.name]: gzipSync(encodeIdx(details(3))),
    [testImages.name]: gzipSync(encodeIdx(images(count, 2, 3))),
    [testLabels.name]: gzipSync(encodeIdx(details(count))),
  };

  test('has the class as the label, and all that it tells of a digit besides', async () => {
    const dataSet = { ...QMNIST, files: withFiles(QMNIST, files).files };
    const { train, test: tests } = await loadMnist({ source: files, dataSet });
    expect(train).toEqual({
      images: images(3, 2, 3),
      labels: { dtype: 'uint8', shape: [3], data: Uint8Array.of(0, 1, 2) },
      details: details(3),
    });
    expect(tests.labels.shape).toEqual([count]);
    expect(train.details.shape[1]).toBe(QMNIST_COLUMNS.length);
  });

  test('has MNIST’s test images first, and the others after them', async () => {
    const table = withFiles(QMNIST, files).files;
    const first = await loadMnist({ source: files, dataSet: { ...QMNIST_10K, files: table } });
    const rest = await loadMnist({ source: files, dataSet: { ...QMNIST_50K, files: table } });
    expect(first.test.images.shape).toEqual([10_000, 2, 3]);
    expect(first.test.labels.shape).toEqual([10_000]);
    expect(first.test.details.shape).toEqual([10_000, 8]);
    expect(rest.test).toEqual({
      images: {
        dtype: 'uint8',
        shape: [2, 2, 3],
        data: images(count, 2, 3).data.slice(60_000),
      },
      labels: { dtype: 'uint8', shape: [2], data: Uint8Array.of(0, 1) },
      details: { dtype: 'int32', shape: [2, 8], data: details(count).data.slice(80_000) },
    });
    expect(first.train).toEqual(rest.train);
  });

  test('wants labels of its own kind', async () => {
    const source = { ...files, [trainLabels.name]: encodeIdx(labels(3)) };
    expect(await rejectionOf(loadMnist({ source, dataSet: QMNIST }))).toMatchObject({
      message:
        'loadMnist: bytes: qmnist-train-labels-idx2-int: expected labels, int32 of rank 2 ' +
        '(magic number 3074), got uint8 of rank 1 (magic number 2049)',
    });
  });
});

describe('a table', () => {
  test('whose hashes are those of gzip files takes nothing else unless told so', async () => {
    const files = tinyMnist();
    const gzipped = Object.fromEntries(
      Object.entries(files).map(([name, bytes]) => [name, gzipSync(bytes)]),
    );
    const table = withHashes((name) => ({ gzipSha256: hashOf(gzipped[name] as Uint8Array) }));
    const dataSet = { ...KMNIST, files: table };
    const loaded = await loadMnist({ source: gzipped, dataSet });
    expect(await rejectionOf(loadMnist({ source: files, dataSet }))).toMatchObject({
      message:
        'loadMnist: bytes: train-images-idx3-ubyte: SHA-256 of the .gz file: expected ' +
        `${table.trainImages.gzipSha256}, got a file that is not gzipped; for other data ` +
        'give dataSet, or verify: false',
    });
    expect(await loadMnist({ source: files, dataSet, verify: false })).toEqual(loaded);
  });

  test('without a hash is refused unless told otherwise', async () => {
    const source = tinyMnist();
    const files = withHashes(() => ({}));
    const dataSet = { name: 'mine', files, classes: ['a', 'b'] };
    expect(await rejectionOf(loadMnist({ source, dataSet }))).toMatchObject({
      message:
        'loadMnist: bytes: train-images-idx3-ubyte: SHA-256 expected one in the table, got none; ' +
        'for other data give dataSet, or verify: false',
    });
    expect((await loadMnist({ source, dataSet, verify: false })).train.labels.shape).toEqual([6]);
  });
});

describe.skipIf(!debianIsThere)('the Fashion-MNIST of Debian', () => {
  // SHA-256 of the published gzip files, by TensorFlow Datasets and torchvision; and when those
  // were made, which Debian's build leaves out of them along with their names.
  const gzipFiles = [
    [
      'train-images-idx3-ubyte',
      1504176606,
      '3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84',
    ],
    [
      'train-labels-idx1-ubyte',
      1504176606,
      'a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845',
    ],
    [
      't10k-images-idx3-ubyte',
      1504176627,
      '346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073',
    ],
    [
      't10k-labels-idx1-ubyte',
      1504176627,
      '67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5',
    ],
  ] as const;

  test('has the content that its table says', async () => {
    const { train, test: tests } = await loadMnist({
      source: folderSource(debian),
      dataSet: FASHION_MNIST,
    });
    expect([train.images.shape, tests.images.shape]).toEqual([
      [60_000, 28, 28],
      [10_000, 28, 28],
    ]);
    expect(FASHION_MNIST.classes[train.labels.data[0] ?? -1]).toBe('Ankle boot');
  });

  test.each(gzipFiles)('is the published %s, name and time put back', async (name, time, hash) => {
    const bare = await readFile(`${debian}${name}.gz`);
    const header = Buffer.from('1f8b0808000000000003', 'hex');
    header.writeUInt32LE(time, 4);
    const whole = Buffer.concat([header, Buffer.from(`${name}\0`), bare.subarray(header.length)]);
    expect(hashOf(whole)).toBe(hash);
  });
});
