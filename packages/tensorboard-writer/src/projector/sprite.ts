import type { Picture } from '../images/image-input.js';
import type { Pixels } from '../images/pixels.js';

/** As large as the projector takes. */
const MAX_SPRITE_SIDE = 8192;

/**
 * All pictures in one, row after row, in a square of as many columns as rows.
 *
 * @throws TypeError if a picture is a file already
 * @throws RangeError if they have not the same channels, or the square would be too large
 */
export function spriteOf(where: string, pictures: readonly Picture[]): Pixels {
  const side = Math.ceil(Math.sqrt(pictures.length));
  const [first] = pictures;
  if (first === undefined || 'file' in first) {
    throw new TypeError(`${where}: expected numbers, got image files`);
  }
  const { width, height, channels } = first;
  if (side * Math.max(width, height) > MAX_SPRITE_SIDE) {
    const got = `${side} x ${side} images of ${width} x ${height}`;
    throw new RangeError(`${where}: expected a square of ${MAX_SPRITE_SIDE} pixels, got ${got}`);
  }
  const data = new Uint8Array(side * width * side * height * channels);
  const rowBytes = width * channels;
  for (const [i, picture] of pictures.entries()) {
    if ('file' in picture || picture.channels !== channels) {
      throw new RangeError(`${where}: expected ${channels} channels in all, got others at ${i}`);
    }
    const top = Math.floor(i / side) * height;
    for (let y = 0; y < height; y++) {
      const row = picture.data.subarray(y * rowBytes, (y + 1) * rowBytes);
      data.set(row, ((top + y) * side + (i % side)) * rowBytes);
    }
  }
  return { width: side * width, height: side * height, channels, data };
}
