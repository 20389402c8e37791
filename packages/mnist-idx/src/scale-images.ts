import type { IdxArrayOf } from './idx-array.js';
import { kindOf } from './kind-of.js';

/** Every byte's `numpy.multiply(byte, 1.0 / 255.0)` in float32, which for 126 is not byte / 255. */
const UNIT = Float32Array.from({ length: 256 }, (_, byte) => byte * Math.fround(1 / 255));

/** The floats of two bytes side by side, each pair as the 64 bits that they are. Half a megabyte. */
let pairs: Float64Array | undefined;

function makePairs(): Float64Array {
  const bytes = new Uint8Array(Uint16Array.from({ length: 65_536 }, (_, pair) => pair).buffer);
  return new Float64Array(Float32Array.from(bytes, (byte) => UNIT[byte] as number).buffer);
}

/**
 * Writes bytes times 1/255 as floats. Two at a time where memory is aligned for it, by a table of
 * all pairs: that takes half the time of one at a time, by multiplying or by a table.
 */
export function writeUnits(from: Uint8Array, into: Float32Array, at: number): void {
  const start = into.byteOffset + 4 * at;
  let done = 0;
  if (from.byteOffset % 2 === 0 && start % 8 === 0) {
    const table = (pairs ??= makePairs());
    const source = new Uint16Array(from.buffer, from.byteOffset, from.length >> 1);
    const target = new Float64Array(into.buffer, start, source.length);
    for (let i = 0; i < source.length; i++) target[i] = table[source[i] as number] as number;
    done = 2 * source.length;
  }
  for (let i = done; i < from.length; i++) into[at + i] = UNIT[from[i] as number] as number;
}

/** Options of {@link scaleImages}. */
export interface ScaleImagesOptions {
  /** Where the floats go, as many as there are bytes. Default: memory of their own. */
  readonly into?: Float32Array;
}

/**
 * Images as floats from 0 to 1: every byte times 1/255 in float32, to the last bit as TensorFlow 1
 * has them. Of any shape.
 *
 * @param images - such as the `[60000, 28, 28]` of `loadMnist`; not changed
 * @returns the same shape, in `into` where that was given
 * @throws RangeError when `into` is not as long as `images`
 * @throws TypeError when `images` are not bytes, or `into` is no Float32Array
 */
export function scaleImages(
  images: IdxArrayOf<'uint8'>,
  options: ScaleImagesOptions = {},
): IdxArrayOf<'float32'> {
  const { shape, data } = images;
  const { into = new Float32Array(data.length) } = options;
  expectKind('images', data, 'Uint8Array');
  expectKind('into', into, 'Float32Array');
  if (into.length !== data.length) {
    const expected = `expected ${data.length} numbers`;
    throw new RangeError(`scaleImages: into: ${expected}, got ${into.length}`);
  }
  writeUnits(data, into, 0);
  return { dtype: 'float32', shape, data: into };
}

function expectKind(what: string, array: unknown, expected: string): void {
  const got = kindOf(array);
  if (got !== expected) {
    throw new TypeError(`scaleImages: ${what}: expected ${expected}, got ${got}`);
  }
}
