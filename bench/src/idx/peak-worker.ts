/* How much memory reading a file takes: the peak of `arrayBuffers`, in a process that did nothing else. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { readIdxFile } from '@unroll/mnist-idx/node';

const [rawPath = '', gzipPath = ''] = process.argv.slice(2);

async function peakOf(path: string): Promise<number> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(rawPath), hash);
  const sha256 = hash.digest('hex');
  globalThis.gc?.();
  const before = process.memoryUsage().arrayBuffers;
  let peak = 0;
  const look = (): void => {
    peak = Math.max(peak, process.memoryUsage().arrayBuffers - before);
  };
  const timer = setInterval(look, 1);
  const array = await readIdxFile(path, { sha256 });
  look();
  clearInterval(timer);
  // So that it is there until here.
  return array.data.length === 0 ? 0 : peak;
}

for await (const task of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await peakOf(task === 'raw' ? rawPath : gzipPath)));
}
