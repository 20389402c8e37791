import type { DataSetSpec, RawSplit } from './data-set-spec.js';
import { mismatch } from './mismatch.js';
import type { Mnist, MnistSplit } from './mnist.js';
import { type FileKind, type MnistContent, readContent } from './mnist-content.js';
import { MnistError } from './mnist-error.js';
import { type MnistSourceLike, toSource } from './mnist-source.js';
import { MNIST } from './mnist-spec.js';

/** Options of {@link loadMnist}. */
export interface LoadMnistOptions<Split extends MnistSplit = MnistSplit> {
  /** Where the four files come from: a source, or the bytes of each by its name. */
  readonly source: MnistSourceLike;
  /**
   * Which data set: `MNIST`, one of `@unroll/mnist-idx/family`, or a table of your own. Default:
   * {@link MNIST}.
   */
  readonly dataSet?: DataSetSpec<Split>;
  /** Check the SHA-256 of every file. Default: true. */
  readonly verify?: boolean;
  /** Ends the reading; `loadMnist` then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Loads MNIST, or a data set of its kind, and checks all of it before anything is returned: that
 * the files are uint8 images of rank 3 and labels of rank 1, whole and nothing over, as many
 * labels as images, training and test images of one size; then the SHA-256 of every file.
 *
 * Files may be gzipped, each for itself. Where one is not, what is returned is a view of the bytes
 * that the source gave.
 *
 * @returns `train` (MNIST: 60,000) and `test` (10,000), images `[n, rows, columns]` and labels
 *   `[n]`, each of which is the place of its name in the data set's `classes`
 * @throws MnistError for a file that cannot be read or does not pass, naming source and file
 * @throws Error when hashes are to be checked where there is no WebCrypto: browsers have it only
 *   on pages from https or localhost
 */
export async function loadMnist<Split extends MnistSplit = MnistSplit>(
  options: LoadMnistOptions<Split>,
): Promise<Mnist<Split>> {
  const { source, dataSet = MNIST, verify = true, signal } = options;
  const { files, labels = ['uint8', 1], arrange } = dataSet;
  if (verify) checkCrypto();
  const from = toSource(source);
  const kinds: readonly FileKind[] = [
    ['images', 'uint8', 3],
    ['labels', ...labels],
  ];
  const { trainImages, trainLabels, testImages, testLabels } = files;
  const contents = await allOf(
    [trainImages, trainLabels, testImages, testLabels].map((spec, i) =>
      readContent(from, { dataSet, spec, verify, signal }, kinds[i % 2] as FileKind),
    ),
  );
  const [train, test] = [contents.slice(0, 2), contents.slice(2)].map(toSplit) as [
    RawSplit,
    RawSplit,
  ];
  checkSizes(train, test, contents[2] as MnistContent, trainImages.name);
  if (verify) await allOf(contents.map(expectHash));
  signal?.throwIfAborted();
  // Without `arrange` a table is one whose files hold the splits as they are.
  const make = arrange ?? ((raw: RawSplit) => raw);
  return { train: make(train, 'train'), test: make(test, 'test') } as Mnist<Split>;
}

function checkCrypto(): void {
  if (globalThis.crypto?.subtle === undefined) {
    throw new Error(
      'loadMnist: verify: expected WebCrypto, which pages from https or localhost have, got none; ' +
        'verify: false does without',
    );
  }
}

async function expectHash(content: MnistContent): Promise<void> {
  const what = await mismatch(content.spec, content);
  if (what === undefined) return;
  const hint = 'for other data give dataSet, or verify: false';
  throw new MnistError(content.id, `SHA-256 ${what}; ${hint}`);
}

/** Two files as a split, once they are found to be of one length. */
function toSplit(files: readonly MnistContent[]): RawSplit {
  const [images, labels] = files as [MnistContent, MnistContent];
  const [expected] = images.array.shape;
  const [got] = labels.array.shape;
  if (got !== expected) {
    const asMany = `one for each image of ${images.id.file}`;
    throw new MnistError(labels.id, `labels: expected ${expected}, ${asMany}, got ${got}`);
  }
  return { images: images.array as RawSplit['images'], labels: labels.array };
}

function checkSizes(train: RawSplit, test: RawSplit, file: MnistContent, like: string): void {
  const [, ...expected] = train.images.shape;
  const [, ...got] = test.images.shape;
  if (got.join() === expected.join()) return;
  const size = `[${expected.join(', ')}] as in ${like}`;
  throw new MnistError(file.id, `image size: expected ${size}, got [${got.join(', ')}]`);
}

/** All results, or the first error in the order of the files, however their times fall. */
async function allOf<T>(promises: readonly Promise<T>[]): Promise<T[]> {
  const results = await Promise.allSettled(promises);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}
