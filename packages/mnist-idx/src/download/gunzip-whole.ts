import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { MAX_INFLATED_BYTES } from '../idx-limits.js';
import { isGzip } from '../idx-header.js';

const inflate = promisify(gunzip);

/** Inflates gzip by Node's own zlib, and returns anything else as it is. */
export async function gunzipWhole(bytes: Uint8Array): Promise<Uint8Array> {
  if (!isGzip(bytes)) return bytes;
  return inflate(bytes, { maxOutputLength: MAX_INFLATED_BYTES });
}
