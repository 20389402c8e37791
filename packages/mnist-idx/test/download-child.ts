// A process that loads one data set into a cache. `children.ts` bundles and starts it.
import { createHash } from 'node:crypto';
import { type DataSetSpec, loadMnist } from '@unroll/mnist-idx';
import { downloadSource } from '@unroll/mnist-idx/node';

const [cache, mirrors, table] = process.argv.slice(2) as [string, string, string];
const source = downloadSource({ cache, mirrors: mirrors.split(','), timeout: 5000 });
const dataSet = JSON.parse(table) as DataSetSpec;

async function load(): Promise<void> {
  const { train, test } = await loadMnist({ source, dataSet });
  const hash = createHash('sha256');
  for (const { images, labels } of [train, test]) hash.update(images.data).update(labels.data);
  process.stdout.write(hash.digest('hex'));
}

load().catch((error: unknown) => {
  process.stderr.write(String(error));
  process.exitCode = 1;
});
