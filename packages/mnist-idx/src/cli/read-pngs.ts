import { readFileSync } from 'node:fs';
import type { IdxArray } from '../idx-array.js';
import { MAX_ELEMENTS } from '../idx-limits.js';
import { FileError, reasonOf } from './file-error.js';
import { transposed } from './images.js';
import { decodePng, type GreyImage } from './png-image.js';
import { progress } from './progress.js';
import { inTurns } from './turns.js';

/** Options of {@link readPngs}. */
export interface ReadPngsOptions {
  readonly signal: AbortSignal;
  /** Rows as columns. Default: false. */
  readonly transpose?: boolean | undefined;
}

/**
 * Reads PNGs, all of one size, as one array.
 *
 * @param paths - one at least
 * @returns uint8 `[n, rows, columns]`
 * @throws FileError when one is no grey PNG, or has another size than the first
 */
export async function readPngs(
  paths: readonly string[],
  { signal, transpose = false }: ReadPngsOptions,
): Promise<IdxArray> {
  const [first = ''] = paths;
  const { rows, columns } = readPng(first, transpose);
  const size = rows * columns;
  if (paths.length * size > MAX_ELEMENTS) {
    const got = `${paths.length} images of ${rows} by ${columns}`;
    throw new FileError(`${first}: expected at most ${MAX_ELEMENTS} pixels, got ${got}`);
  }
  const data = new Uint8Array(paths.length * size);
  const bar = progress(paths.length, 'images');
  try {
    await inTurns(
      paths.length,
      (index) => {
        const path = paths[index] as string;
        const image = readPng(path, transpose);
        if (image.rows !== rows || image.columns !== columns) {
          const expected = `expected ${rows} by ${columns} pixels as ${first} has`;
          throw new FileError(`${path}: ${expected}, got ${image.rows} by ${image.columns}`);
        }
        data.set(image.pixels, index * size);
      },
      { signal, at: bar.at },
    );
  } finally {
    bar.stop();
  }
  return { dtype: 'uint8', shape: [paths.length, rows, columns], data };
}

function readPng(path: string, transpose: boolean): GreyImage {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new FileError(`${path}: expected a readable file, got ${reasonOf(cause)}`, { cause });
  }
  const image = decodePng(bytes, path);
  return transpose ? transposed(image) : image;
}
