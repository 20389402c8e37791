import { access } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { IdxArray } from '../idx-array.js';
import { FileError } from './file-error.js';

/**
 * Takes an array as labels: integers `[n]`, or QMNIST's `[n, 8]`, whose first column is the class.
 *
 * @param where - begins the messages
 * @throws FileError when it is anything else
 */
function labelsOf({ dtype, shape, data }: IdxArray, where: string): readonly number[] {
  const [count = 0, width = 1] = shape;
  if (dtype.startsWith('float') || shape.length < 1 || shape.length > 2 || width === 0) {
    const got = `${dtype} [${shape.join(', ')}]`;
    throw new FileError(`${where}: expected labels, integers of shape [n], got ${got}`);
  }
  return Array.from({ length: count }, (_, row) => data[row * width] as number);
}

/**
 * {@link labelsOf} for so many images.
 *
 * @throws FileError when there are more or fewer, too
 */
export function checkedLabels(array: IdxArray, where: string, count: number): readonly number[] {
  const labels = labelsOf(array, where);
  if (labels.length === count) return labels;
  throw new FileError(
    `${where}: expected ${count} labels, one for each image, got ${labels.length}`,
  );
}

/** Labels as an array, of bytes where they fit. */
export function labelArray(labels: readonly number[]): IdxArray {
  const shape = [labels.length];
  if (labels.every((label) => label <= 255)) {
    return { dtype: 'uint8', shape, data: Uint8Array.from(labels) };
  }
  return { dtype: 'int32', shape, data: Int32Array.from(labels) };
}

/**
 * The labels' file that belongs to an images' file by the family's names, gzipped or not:
 * `train-images-idx3-ubyte` has `train-labels-idx1-ubyte`, `images.npy` has `labels.npy`.
 *
 * @returns its paths, the likeliest first; none when the name does not say `images`
 */
export function labelsPaths(images: string): readonly string[] {
  const name = basename(images);
  if (!name.includes('images')) return [];
  const suffix = name.endsWith('.gz') ? '.gz' : '';
  const plain = name.slice(0, name.length - suffix.length).replace('images', 'labels');
  const forms = [plain.replace('idx3', 'idx1'), plain.replace('idx3-ubyte', 'idx2-int')];
  const other = suffix === '' ? '.gz' : '';
  const names = new Set(forms.flatMap((form) => [form + suffix, form + other]));
  return [...names].map((file) => join(dirname(images), file));
}

/** The first of {@link labelsPaths} that is there. */
export async function labelsBeside(images: string): Promise<string | undefined> {
  for (const path of labelsPaths(images)) {
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere) return path;
  }
  return undefined;
}
