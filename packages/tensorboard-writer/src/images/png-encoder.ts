import type { Later } from '../values/later.js';
import type { Pixels } from './pixels.js';

type EncodePNG = (pixels: Pixels) => Uint8Array;

let encoder: EncodePNG | undefined;

/**
 * What encodes PNG. It is half as large as the rest of this package, so a page loads it with the
 * first image; `openLogdir` loads it beforehand, so that in Node images are written at once.
 */
export function pngEncoder(): Later<EncodePNG> {
  return encoder ?? loadPNGEncoder();
}

/** Loads the encoder, if it is not there yet. */
export async function loadPNGEncoder(): Promise<EncodePNG> {
  const { encodePNG } = await import('./encode-png.js');
  encoder = encodePNG;
  return encodePNG;
}
