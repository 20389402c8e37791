import { expectSha256 } from './expect-sha256.js';
import type { Mnist } from './mnist.js';
import { type MnistContent, readContent } from './mnist-content.js';
import { MnistError } from './mnist-error.js';
import { MNIST_FILES, MNIST_SHA256, type PerMnistFile } from './mnist-files.js';
import { type MnistSourceLike, toSource } from './mnist-source.js';

/** Options of {@link loadMnist}. */
export interface LoadMnistOptions {
  /** Where the four files come from: a source, or the bytes of each. */
  readonly source: MnistSourceLike;
  /**
   * The SHA-256 of what each file holds uncompressed, in hex. Default: {@link MNIST_SHA256}. For
   * another data set of the same format give its own hashes, or `false` to check none.
   */
  readonly sha256?: PerMnistFile<string> | false;
}

/**
 * Loads MNIST, or a data set of its format, and checks all of it before anything is returned: that
 * the files are uint8 images of rank 3 and labels of rank 1, whole and nothing over, as many
 * labels as images, training and test images of one size; then the SHA-256 of every file.
 *
 * Files may be gzipped, each for itself. Where one is not, what is returned is a view of the bytes
 * that the source gave.
 *
 * @returns `train` (MNIST: 60,000) and `test` (10,000), images `[n, rows, columns]` and labels `[n]`
 * @throws MnistError for a file that cannot be read or does not pass, naming source and file
 * @throws RangeError when a hash is not 64 hex digits
 * @throws Error when hashes are asked for where there is no WebCrypto: browsers have it only on
 *   pages from https or localhost
 */
export async function loadMnist(options: LoadMnistOptions): Promise<Mnist> {
  const { source, sha256 = MNIST_SHA256 } = options;
  if (sha256 !== false) checkHashes(sha256);
  const from = toSource(source);
  const contents = await allOf(MNIST_FILES.map((file) => readContent(from, file)));
  const [trainImages, trainLabels, testImages, testLabels] = contents as [
    MnistContent,
    MnistContent,
    MnistContent,
    MnistContent,
  ];
  checkCounts(trainImages, trainLabels);
  checkCounts(testImages, testLabels);
  checkSizes(trainImages, testImages);
  if (sha256 !== false) {
    await allOf(contents.map((content) => expectSha256(content, sha256[content.id.file])));
  }
  return {
    train: { images: trainImages.array, labels: trainLabels.array },
    test: { images: testImages.array, labels: testLabels.array },
  };
}

function checkHashes(sha256: PerMnistFile<string>): void {
  for (const file of MNIST_FILES) {
    if (!/^[0-9a-f]{64}$/i.test(sha256[file])) {
      const expected = 'expected 64 hex digits';
      throw new RangeError(`loadMnist: sha256: ${file}: ${expected}, got ${sha256[file]}`);
    }
  }
  if (globalThis.crypto?.subtle === undefined) {
    throw new Error(
      'loadMnist: sha256: expected WebCrypto (crypto.subtle), got none: a page has it only from ' +
        'https or localhost; sha256: false does without',
    );
  }
}

function checkCounts(images: MnistContent, labels: MnistContent): void {
  const [expected] = images.array.shape;
  const [got] = labels.array.shape;
  if (got === expected) return;
  const asMany = `one for each image of ${images.id.file}`;
  throw new MnistError(labels.id, `labels: expected ${expected}, ${asMany}, got ${got}`);
}

function checkSizes(train: MnistContent, test: MnistContent): void {
  const [, ...expected] = train.array.shape;
  const [, ...got] = test.array.shape;
  if (got.join() === expected.join()) return;
  const like = `[${expected.join(', ')}] as in ${train.id.file}`;
  throw new MnistError(test.id, `image size: expected ${like}, got [${got.join(', ')}]`);
}

/** All results, or the first error in the order of the files, however their times fall. */
async function allOf<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(promises);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
