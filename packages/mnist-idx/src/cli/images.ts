import type { IdxArray } from '../idx-array.js';
import { FileError } from './file-error.js';
import type { GreyImage } from './png-image.js';

/** The images of an array, one at a time. */
export interface Images {
  readonly count: number;
  at(index: number): GreyImage;
}

/** Options of {@link imagesOf}. */
export interface ImagesOptions {
  /** Begins the messages. */
  readonly where: string;
  /** Columns as rows: EMNIST's files hold their images so. Default: false. */
  readonly transpose?: boolean | undefined;
}

/**
 * Takes an array as images `[n, rows, columns]`, or `[n, rows, columns, 1]`.
 *
 * @throws FileError when it has another shape, or is not uint8
 */
export function imagesOf(array: IdxArray, options: ImagesOptions): Images {
  const { where, transpose = false } = options;
  const [count = 0, rows = 0, columns = 0, depth = 1] = array.shape;
  const rank = array.shape.length;
  if (array.dtype !== 'uint8' || rank < 3 || rank > 4 || depth !== 1 || rows * columns === 0) {
    const got = `${array.dtype} [${array.shape.join(', ')}]`;
    throw new FileError(`${where}: expected images, uint8 [n, rows, columns], got ${got}`);
  }
  const size = rows * columns;
  const { data } = array;
  return {
    count,
    at(index) {
      const image = { rows, columns, pixels: data.subarray(index * size, (index + 1) * size) };
      return transpose ? transposed(image) : image;
    },
  };
}

/** The image with its rows as columns. */
export function transposed({ rows, columns, pixels }: GreyImage): GreyImage {
  const turned = new Uint8Array(pixels.length);
  for (let i = 0; i < pixels.length; i++) {
    turned[(i % columns) * rows + Math.floor(i / columns)] = pixels[i] as number;
  }
  return { rows: columns, columns: rows, pixels: turned };
}
