import { decode, encode, type DecodedPng } from 'fast-png';
import { FileError } from './file-error.js';

/** A grey image: 0 is black, 255 white. */
export interface GreyImage {
  readonly rows: number;
  readonly columns: number;
  /** `rows * columns` bytes, row by row. */
  readonly pixels: Uint8Array;
}

/**
 * The most pixels that one image may have, 4096 by 4096: far more than any image that is kept in IDX,
 * and few enough that a damaged size does not fill the memory.
 */
const MAX_PIXELS = 2 ** 24;

/** What a PNG may have beside its pixels: text, a colour profile, the chunks' own bytes. */
const MAX_EXTRA_BYTES = 2 ** 16;

/** Bytes of the signature and the first chunk's head, which the sizes follow. */
const SIZES_AT = 16;

/** Writes an 8-bit grey PNG. */
export function encodePng({ rows, columns, pixels }: GreyImage): Uint8Array {
  return encode({ width: columns, height: rows, data: pixels, channels: 1, depth: 8 });
}

/**
 * Reads a PNG that shows no colours: grey, or with a palette or in RGB where all parts are equal, and
 * opaque. Of 1 to 8 bits; fewer than 8 are spread over 0 to 255.
 *
 * @param where - begins the messages
 * @throws FileError where the bytes are anything else
 */
export function decodePng(bytes: Uint8Array, where: string): GreyImage {
  checkSizes(bytes, where);
  let png: DecodedPng;
  try {
    // Given a view of a larger buffer, the decoder may read past its end.
    png = decode(new Uint8Array(bytes), { checkCrc: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new FileError(`${where}: expected a whole PNG, got a broken one: ${reason}`, {
      cause: error,
    });
  }
  if (png.depth === 16) {
    throw new FileError(`${where}: expected at most 8 bits for a pixel, got 16`);
  }
  if (png.transparency !== undefined) {
    throw new FileError(`${where}: expected an opaque image, got a transparent colour`);
  }
  return { rows: png.height, columns: png.width, pixels: greyOf(png, where) };
}

/** Before anything is inflated: a small file may claim any size. */
function checkSizes(bytes: Uint8Array, where: string): void {
  if (bytes.length < SIZES_AT + 8) {
    throw new FileError(`${where}: expected a PNG, got ${bytes.length} bytes`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const [columns, rows] = [view.getUint32(SIZES_AT), view.getUint32(SIZES_AT + 4)];
  const size = `${rows} by ${columns}`;
  if (rows * columns === 0 || rows * columns > MAX_PIXELS) {
    throw new FileError(`${where}: expected a PNG of 1 to ${MAX_PIXELS} pixels, got ${size}`);
  }
  // Deflate grows to a thousandfold at most, so this bounds what comes out as well.
  const most = 8 * rows * columns + MAX_EXTRA_BYTES;
  if (bytes.length > most) {
    const expected = `expected at most ${most} bytes for ${size} pixels`;
    throw new FileError(`${where}: ${expected}, got ${bytes.length}`);
  }
}

function greyOf(png: DecodedPng, where: string): Uint8Array {
  const { palette, channels, depth } = png;
  if (palette === undefined && channels === 1 && depth === 8) return Uint8Array.from(png.data);
  const samples = palette !== undefined || depth < 8 ? unpack(png) : png.data;
  const pixels = new Uint8Array(png.width * png.height);
  // 1, 3, 7 ... 255: the brightest of a grey image with few bits.
  const scale = 255 / (2 ** depth - 1);
  for (let i = 0; i < pixels.length; i++) {
    const sample = samples[i] as number;
    const parts = palette?.[sample] ?? [...samples.subarray(i * channels, (i + 1) * channels)];
    const colour = parts.length < 3 ? parts.slice(0, 1) : parts.slice(0, 3);
    const alpha = parts.length % 2 === 0 ? parts.at(-1) : 255;
    const [grey] = colour;
    if (grey === undefined || alpha !== 255 || colour.some((part) => part !== grey)) {
      const at = `${Math.floor(i / png.width)}, ${i % png.width}`;
      const got = `[${parts.join(', ')}] at row and column ${at}`;
      throw new FileError(`${where}: expected grey and opaque pixels, got ${got}`);
    }
    pixels[i] = palette === undefined ? grey * scale : grey;
  }
  return pixels;
}

/** One number for each pixel of rows that are packed, each filled up to a whole byte. */
function unpack({ data, width, height, depth }: DecodedPng): Uint8Array {
  const stride = Math.ceil((width * depth) / 8);
  const samples = new Uint8Array(width * height);
  for (let i = 0; i < samples.length; i++) {
    const bit = (i % width) * depth;
    const byte = data[Math.floor(i / width) * stride + (bit >> 3)] as number;
    samples[i] = (byte >> (8 - depth - (bit & 7))) & (2 ** depth - 1);
  }
  return samples;
}
