import { promisify } from 'node:util';
import { createGunzip, gunzip } from 'node:zlib';
import type { ContentTools } from '../content-tools.js';
import { headerBytes, isGzip, parseHeader } from '../idx-header.js';
import { MAX_RANK } from '../idx-limits.js';
import { agreedSize, inflate, type InflateOptions } from '../inflate.js';
import { sha256Of } from './sha256-of.js';

const inflateAll = promisify(gunzip);

/** How many bytes of content are inflated to see the header. */
const HEAD_BYTES = headerBytes(MAX_RANK);

/**
 * Node's own zlib and OpenSSL, for `tools` of a source. They are faster than what every platform
 * has: the whole content is inflated in one go, on a thread of Node's pool, into one buffer of the
 * size that its header tells, and hashed where it is.
 */
export const nodeTools: ContentTools = {
  async inflate(bytes, options) {
    const whole = isGzip(bytes) ? await inflateWhole(bytes, options) : undefined;
    // What is not as it should be is left to the general way, which finds the words for it.
    return whole ?? inflate(bytes, options);
  },
  sha256: async (bytes) => sha256Of(bytes),
};

/** The content of a gzipped file that is in order. */
async function inflateWhole(
  bytes: Uint8Array,
  options: InflateOptions,
): Promise<Uint8Array | undefined> {
  try {
    const header = parseHeader(await headOf(bytes), options.where);
    const size = agreedSize(header, bytes, options);
    if (size === undefined) return undefined;
    // A little more room than is needed: zlib would take as much again to see that it is the end.
    const whole = await inflateAll(bytes, { chunkSize: size + 64, maxOutputLength: size });
    return whole.length === size ? whole : undefined;
  } catch {
    return undefined;
  }
}

/** The beginning of what a gzip stream holds. */
async function headOf(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = createGunzip({ chunkSize: HEAD_BYTES });
  stream.end(bytes);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length >= HEAD_BYTES) break;
  }
  return Buffer.concat(chunks);
}
