import { inflate, type InflateOptions } from './inflate.js';
import { sha256 } from './sha256.js';

/** How contents are inflated and hashed. */
export interface ContentTools {
  /** What gzipped bytes hold; any others as they are. Rejects with an IdxFormatError. */
  readonly inflate: (bytes: Uint8Array, options: InflateOptions) => Promise<Uint8Array>;
  /** SHA-256 in hex. */
  readonly sha256: (bytes: Uint8Array) => Promise<string>;
}

/** What every platform has: `DecompressionStream` and WebCrypto. */
export const platformTools: ContentTools = { inflate, sha256 };
