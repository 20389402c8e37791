/* The tasks of `pnpm bench:idx` that are ours, or Node's own. Answers a line of JSON to a line. */
import { createHash, hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { gunzipSync } from 'node:zlib';
import { parseIdx, readIdx } from '@unroll/mnist-idx';
import { readIdxFile, readScaledFile } from '@unroll/mnist-idx/node';

const [rawPath = '', gzipPath = ''] = process.argv.slice(2);
const raw = readFileSync(rawPath);
const gzip = readFileSync(gzipPath);
const sha256 = hash('sha256', raw);
const kept = new Float32Array(raw.length - 16);
const doubles = makeDoubles(raw.length >> 3);

/** A file of big-endian float64. */
function makeDoubles(count: number): Uint8Array {
  const bytes = new Uint8Array(8 + 8 * count);
  bytes.set([0, 0, 14, 1]);
  new DataView(bytes.buffer).setUint32(4, count);
  return bytes;
}

const timed: Readonly<Record<string, () => unknown>> = {
  scaled: () => readScaledFile(raw, { sha256 }),
  'scaled-into': () => readScaledFile(raw, { sha256, into: kept }),
  zlib: () => gunzipSync(gzip),
  'zlib-one-chunk': () => gunzipSync(gzip, { chunkSize: raw.length + 64 }),
  gzip: () => readIdxFile(gzip),
  'gzip-hash': () => readIdxFile(gzip, { sha256 }),
  'gzip-core': () => readIdx(gzip),
  wide: () => parseIdx(doubles),
  'wide-node': () => readIdxFile(doubles),
};

async function answer(task: string): Promise<number | string> {
  if (task === 'check') {
    const { data } = await readScaledFile(raw, { sha256 });
    return createHash('sha256').update(data).digest('hex');
  }
  // What the task before left is not for this one to collect.
  globalThis.gc?.();
  const begin = performance.now();
  await timed[task]?.();
  return performance.now() - begin;
}

for await (const task of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await answer(task)));
}
