import { encodeIdx } from '../encode-idx.js';
import type { IdxArray } from '../idx-array.js';
import { FASHION_MNIST } from '../family/fashion-mnist.js';
import { MNIST } from '../mnist-spec.js';
import { sha256Of } from '../node/sha256-of.js';
import type { ArrayFile } from './read-array.js';

/** The most different values that are counted one by one: labels, not lists of measurements. */
const MAX_CLASSES = 100;

/** What `info` tells of a file. */
export interface Description {
  readonly file: string;
  readonly format: ArrayFile['format'];
  /** The length of the file. */
  readonly bytes: number;
  readonly dtype: IdxArray['dtype'];
  readonly shape: readonly number[];
  /** Of all numbers but NaN; null when there are none. */
  readonly min: number | null;
  readonly max: number | null;
  readonly mean: number | null;
  /** How often each value is there, of integers of rank 1 with few values. */
  readonly counts?: Readonly<Record<string, number>> | undefined;
  /** SHA-256 of the array as an uncompressed IDX file. */
  readonly sha256: string;
  /** The file with this hash, of a data set whose contents' hashes are known. */
  readonly known?: string | undefined;
}

/** Looks at every number of a file's array. */
export function describeArray({ path, format, bytes, array }: ArrayFile): Description {
  const sha256 = sha256Of(encodeIdx(array));
  return {
    file: path,
    format,
    bytes,
    dtype: array.dtype,
    shape: array.shape,
    ...rangeOf(array),
    counts: countsOf(array),
    sha256,
    known: knownAs(sha256),
  };
}

function knownAs(sha256: string): string | undefined {
  for (const { name, files } of [MNIST, FASHION_MNIST]) {
    const file = Object.values(files).find((spec) => spec.sha256 === sha256);
    if (file !== undefined) return `${name} ${file.name}`;
  }
  return undefined;
}

function rangeOf({ data }: IdxArray): Pick<Description, 'min' | 'max' | 'mean'> {
  let [min, max, sum, count] = [Infinity, -Infinity, 0, 0];
  for (let i = 0; i < data.length; i++) {
    const value = data[i] as number;
    if (Number.isNaN(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
    sum += value;
    count += 1;
  }
  return count === 0 ? { min: null, max: null, mean: null } : { min, max, mean: sum / count };
}

function countsOf({ dtype, shape, data }: IdxArray): Record<string, number> | undefined {
  if (shape.length !== 1 || dtype.startsWith('float') || data.length === 0) return undefined;
  const counts = new Map<number, number>();
  for (const value of data) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
    if (counts.size > MAX_CLASSES) return undefined;
  }
  const sorted = [...counts].toSorted(([one], [other]) => one - other);
  return Object.fromEntries(sorted.map(([value, count]) => [String(value), count]));
}
