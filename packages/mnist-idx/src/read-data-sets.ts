import { DataSet } from './data-set.js';
import type { DataSetOptions, ImageDtype } from './data-set-options.js';
import { checkSplit } from './data-set-rows.js';
import { fakeSplit } from './fake-split.js';
import type { IdxArrayOf } from './idx-array.js';
import { countElements } from './idx-header.js';
import { kindOf } from './kind-of.js';
import { loadMnist, type LoadMnistOptions } from './load-mnist.js';
import type { Mnist, MnistSplit } from './mnist.js';
import { toSeed } from './seed.js';

/** Options of {@link readDataSets}. Names and defaults are those of TensorFlow 1. */
export interface ReadDataSetsOptions<
  Image extends ImageDtype = ImageDtype,
  OneHot extends boolean = boolean,
> extends DataSetOptions<Image, OneHot> {
  /** How many of the first training examples are for validation instead. Default: 5000. */
  readonly validationSize?: number;
}

/** The three splits; of MNIST by default 55,000, 5,000 and 10,000 examples. */
export interface DataSets<Image extends ImageDtype = 'float32', OneHot extends boolean = false> {
  readonly train: DataSet<Image, OneHot>;
  readonly validation: DataSet<Image, OneHot>;
  readonly test: DataSet<Image, OneHot>;
}

/** Asks for made-up examples in place of a data set, to try a program without data. */
export interface FakeData {
  readonly fakeData: true;
}

/**
 * TensorFlow 1's `read_data_sets`: MNIST in three splits, validation being the first examples of
 * the training files.
 *
 * All three are seeded with the same `seed`, as in TensorFlow 1, but each has a generator of its
 * own.
 *
 * @param from - what {@link loadMnist} returned, or its options, to load it now; not copied. With
 *   `fakeData: true` each split is 10,000 images of ones with label 0, whatever `validationSize`
 * @throws MnistError as {@link loadMnist} does
 * @throws RangeError when `validationSize` is not an integer from 0 to the number of training
 *   examples, and as {@link DataSet} does
 * @throws TypeError when `from` is none of these, such as a path, and as {@link DataSet} does
 */
export async function readDataSets<
  Image extends ImageDtype = 'float32',
  OneHot extends boolean = false,
>(
  from: Mnist | LoadMnistOptions | FakeData,
  options: ReadDataSetsOptions<Image, OneHot> = {},
): Promise<DataSets<Image, OneHot>> {
  checkFrom(from);
  const { validationSize = 5000 } = options;
  const seed = toSeed(options.seed, 'readDataSets');
  if ('fakeData' in from) {
    const fake = (): DataSet<Image, OneHot> =>
      new DataSet(fakeSplit(options.dtype), { ...options, seed });
    return { train: fake(), validation: fake(), test: fake() };
  }
  const { train, test } = 'source' in from ? await loadMnist(from) : from;
  const count = checkSplit(train);
  if (!Number.isInteger(validationSize) || validationSize < 0 || validationSize > count) {
    const expected = `expected an integer from 0 to ${count}`;
    throw new RangeError(`readDataSets: validationSize: ${expected}, got ${validationSize}`);
  }
  // What was loaded before does not say what data set it is.
  const numClasses = 'source' in from ? from.dataSet?.classes.length : undefined;
  const rest = { ...(numClasses === undefined ? {} : { numClasses }), ...options, seed };
  return {
    train: new DataSet(part(train, validationSize, count), rest),
    validation: new DataSet(part(train, 0, validationSize), rest),
    test: new DataSet(test, rest),
  };
}

/** TensorFlow 1's function takes a folder's path: whoever comes from there may give one. */
function checkFrom(from: unknown): void {
  if (typeof from === 'object' && from !== null) {
    if ('source' in from || 'fakeData' in from || ('train' in from && 'test' in from)) return;
  }
  const expected = 'expected { source }, such as folderSource(path), or what loadMnist returned';
  throw new TypeError(`readDataSets: from: ${expected}, got ${kindOf(from)}`);
}

function part({ images, labels }: MnistSplit, start: number, end: number): MnistSplit {
  return { images: rowsOf(images, start, end), labels: rowsOf(labels, start, end) };
}

/** A view of the rows from `start` up to `end`. */
function rowsOf(array: IdxArrayOf<'uint8'>, start: number, end: number): IdxArrayOf<'uint8'> {
  const [, ...shape] = array.shape;
  const size = countElements(shape);
  const data = array.data.subarray(start * size, end * size);
  return { dtype: 'uint8', shape: [end - start, ...shape], data };
}
