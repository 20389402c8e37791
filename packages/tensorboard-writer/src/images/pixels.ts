import type { Numbers } from '../values/numbers.js';

/** A picture in rows of pixels, a byte for each channel. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA. */
  readonly channels: 1 | 2 | 3 | 4;
  readonly data: Uint8Array;
}

/** The size of pictures. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 2 | 3 | 4;
}

/**
 * The size that a shape `[height, width]` or `[height, width, channels]` says.
 *
 * @param whole - the shape to complain of, if it is none
 * @throws RangeError if it is none, or has no pixels
 */
export function pictureSize(
  where: string,
  shape: readonly number[],
  whole: readonly number[] = shape,
): PictureSize {
  const [height = 0, width = 0, channels = 1] = shape;
  if ((shape.length === 2 || shape.length === 3) && height > 0 && width > 0) {
    if (channels === 1 || channels === 2 || channels === 3 || channels === 4) {
      return { width, height, channels };
    }
  }
  const batch = whole.length > shape.length || whole.length > 3 ? 'batch, ' : '';
  const expected = `a shape [${batch}height, width] or [${batch}height, width, 1 to 4 channels]`;
  throw new RangeError(`${where}: expected ${expected}, got [${whole.join(', ')}]`);
}

/**
 * One picture of many that follow each other, in bytes of its own: integers are clipped to 0..255;
 * other numbers to 0..1, which become 0..255 as in TensorFlow's `convert_image_dtype`. NaN is 0.
 *
 * @param index - which one
 */
export function pixelsOf({ data, integer }: Numbers, size: PictureSize, index: number): Pixels {
  const length = size.width * size.height * size.channels;
  const bytes = new Uint8Array(length);
  for (let i = 0, from = index * length; i < length; i++, from++) {
    const value = Number(data[from]);
    const level = integer ? value : Math.fround(Math.fround(value) * 255.5);
    bytes[i] = Math.max(0, Math.min(255, level));
  }
  return { ...size, data: bytes };
}
