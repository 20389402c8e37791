import type { DataSetOptions, ImageDtype, LabelDtype } from './data-set-options.js';
import type { IdxArrayOf } from './idx-array.js';
import { countElements } from './idx-header.js';
import type { MnistSplit } from './mnist.js';
import { oneHotCodec, rawCodec, type RowCodec, unitCodec } from './row-codec.js';
import { Rows } from './rows.js';

/** Checks that images and labels belong together, and counts them. */
export function checkSplit({ images, labels }: MnistSplit): number {
  checkArray(images, 'images', ['n', 'rows', 'columns']);
  checkArray(labels, 'labels', ['n']);
  const [count = 0] = images.shape;
  const [got] = labels.shape;
  if (got === count) return count;
  throw new RangeError(`DataSet: labels: expected ${count}, one for each image, got ${got}`);
}

function checkArray(array: IdxArrayOf<'uint8'>, what: string, axes: readonly string[]): void {
  const { dtype, shape, data } = array;
  if (dtype !== 'uint8') {
    throw new TypeError(`DataSet: ${what}: expected uint8, got ${String(dtype)}`);
  }
  const got = `[${shape.join(', ')}]`;
  if (shape.length !== axes.length) {
    throw new RangeError(`DataSet: ${what}: expected shape [${axes.join(', ')}], got ${got}`);
  }
  const size = countElements(shape);
  if (data.length !== size) {
    const expected = `expected ${size} numbers for shape ${got}`;
    throw new RangeError(`DataSet: ${what}: ${expected}, got ${data.length}`);
  }
}

/** Images as the options want them in batches. */
export function imageRows<Image extends ImageDtype>(
  images: IdxArrayOf<'uint8'>,
  options: DataSetOptions<Image>,
): Rows<Image> {
  const { dtype = 'float32', reshape = true } = options;
  const [count = 0, rows = 0, columns = 0] = images.shape;
  const shape = reshape ? [rows * columns] : [rows, columns, 1];
  // A type parameter does not narrow with the value that it is the type of.
  const codec = imageCodec(dtype, shape) as RowCodec<ImageDtype> as RowCodec<Image>;
  return new Rows(images.data, count, codec);
}

function imageCodec(
  dtype: ImageDtype,
  shape: readonly number[],
): RowCodec<'uint8'> | RowCodec<'float32'> {
  if (dtype === 'uint8') return rawCodec(shape);
  if (dtype === 'float32') return unitCodec(shape);
  throw new TypeError(`DataSet: dtype: expected 'uint8' or 'float32', got ${String(dtype)}`);
}

/** Labels as the options want them in batches. */
export function labelRows<OneHot extends boolean>(
  labels: IdxArrayOf<'uint8'>,
  options: DataSetOptions<ImageDtype, OneHot>,
): Rows<LabelDtype<OneHot>> {
  const { oneHot = false, numClasses = 10 } = options;
  if (oneHot) checkLabels(labels, numClasses);
  const codec = oneHot ? oneHotCodec(numClasses) : rawCodec([]);
  return new Rows(
    labels.data,
    labels.data.length,
    codec as RowCodec<ImageDtype> as RowCodec<LabelDtype<OneHot>>,
  );
}

function checkLabels({ data }: IdxArrayOf<'uint8'>, numClasses: number): void {
  if (!Number.isInteger(numClasses) || numClasses < 1) {
    throw new RangeError(`DataSet: numClasses: expected an integer from 1, got ${numClasses}`);
  }
  const at = data.findIndex((label) => label >= numClasses);
  if (at < 0) return;
  const expected = `expected 0 to ${numClasses - 1} for ${numClasses} classes`;
  throw new RangeError(`DataSet: labels: ${expected}, got ${data[at]} at ${at}`);
}
