import { kind } from '../checks/kind.js';
import { allThere, type Later, whenThere } from '../values/later.js';
import type { NumbersInput } from '../values/numbers.js';
import { readNumbers } from '../values/read-numbers.js';
import { type ImageFile, readImageFile } from './image-file.js';
import { type Pixels, pictureSize, pixelsOf } from './pixels.js';

/** A canvas's `ImageData`, or what looks like it: RGBA in bytes. */
export interface ImageDataLike {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/**
 * A picture: numbers of shape `[height, width]` or `[height, width, channels]`, the `ImageData` of
 * a canvas, or the bytes of a PNG, JPEG or GIF file, which may move. Integers count as 0..255, other numbers as 0..1. Channels:
 * 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA.
 */
export type ImageInput = NumbersInput | ImageDataLike;

/**
 * Pictures of one size: numbers of shape `[batch, height, width]` or
 * `[batch, height, width, channels]`, or an array of single ones.
 */
export type ImagesInput = NumbersInput | readonly ImageInput[];

/** A picture that was read. */
export type Picture = Pixels | ImageFile;

/** Reads one picture. */
export function readPicture(where: string, image: ImageInput): Later<Picture> {
  if (image instanceof Uint8Array) return readImageFile(where, image);
  const numbers = isImageData(image)
    ? { data: image.data, shape: [image.height, image.width, 4] }
    : image;
  return whenThere(readNumbers(where, numbers), (read) =>
    pixelsOf(read, pictureSize(where, read.shape), 0),
  );
}

/** Reads the first `limit` pictures of several. */
export function readPictures(
  where: string,
  images: ImagesInput,
  limit: number,
): Later<readonly Picture[]> {
  if (isList(where, images)) return readList(where, images.slice(0, limit));
  return whenThere(readNumbers(where, images), (numbers) => {
    const [batch = 0, ...shape] = numbers.shape;
    if (batch === 0) shape.length = 0;
    const size = pictureSize(where, shape, numbers.shape);
    return Array.from({ length: Math.min(batch, limit) }, (_, i) => pixelsOf(numbers, size, i));
  });
}

function readList(where: string, images: readonly ImageInput[]): Later<readonly Picture[]> {
  const read = images.map((image, i) => readPicture(`${where}: ${i}`, image));
  return whenThere(allThere(read), (pictures) => sameSize(where, pictures));
}

function sameSize(where: string, pictures: readonly Picture[]): readonly Picture[] {
  const [first] = pictures;
  if (first === undefined) return pictures;
  const sizes = `${first.width} x ${first.height}`;
  for (const [i, { width, height }] of pictures.entries()) {
    if (width !== first.width || height !== first.height) {
      const got = `${width} x ${height} at ${i}`;
      throw new RangeError(`${where}: expected images of one size, ${sizes}, got ${got}`);
    }
  }
  return pictures;
}

function isImageData(value: unknown): value is ImageDataLike {
  return (
    typeof value === 'object' &&
    value !== null &&
    'width' in value &&
    'height' in value &&
    'data' in value
  );
}

function isList(where: string, value: ImagesInput): value is readonly ImageInput[] {
  if (!Array.isArray(value)) return false;
  if (value.length > 0 && typeof value[0] === 'object') return true;
  const expected = 'a batch of images as { data, shape }, a tensor or an array of images';
  throw new TypeError(`${where}: expected ${expected}, got ${kind(value)}`);
}
