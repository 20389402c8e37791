import { encode } from 'fast-png';
import type { Pixels } from './pixels.js';

/**
 * A PNG file. This module is loaded on demand (`png-encoder.ts`), and is there so that a bundler
 * takes the encoder of the package without its decoder.
 */
export function encodePNG(pixels: Pixels): Uint8Array {
  return encode(pixels);
}
