import { encodeIdx } from '@unroll/mnist-idx';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface TinyCounts {
  /** A twelfth of them is for validation. Default 545, which leaves 500. */
  readonly train?: number;
  /** Default 250. */
  readonly test?: number;
}

/** A name of MNIST's four files. */
export type TinyFile = `${'train' | 't10k'}-${'images-idx3' | 'labels-idx1'}-ubyte`;

/** Writes a data set in MNIST's format that is learnt in seconds: a digit is where its bar stands. */
export async function writeTinyData(folder: string, counts: TinyCounts = {}): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(tinyData(counts))) {
    await writeFile(join(folder, name), bytes);
  }
}

export function tinyData({ train = 545, test = 250 }: TinyCounts = {}): Record<
  TinyFile,
  Uint8Array
> {
  return {
    'train-images-idx3-ubyte': images(train),
    'train-labels-idx1-ubyte': labels(train),
    't10k-images-idx3-ubyte': images(test),
    't10k-labels-idx1-ubyte': labels(test),
  };
}

/** Images of `rows` by `columns`: dim noise, and a bright bar of two columns, further right for each digit. */
export function images(count: number, rows = 28, columns = 28): Uint8Array {
  const data = Uint8Array.from({ length: count * rows * columns }, (_, at) => {
    const start = 4 + 2 * digit(Math.floor(at / (rows * columns)));
    const column = at % columns;
    const noise = (at * 2654435761) % 64;
    return column === start || column === start + 1 ? 190 + noise : noise;
  });
  return encodeIdx({ dtype: 'uint8', shape: [count, rows, columns], data });
}

export function labels(count: number): Uint8Array {
  const data = Uint8Array.from({ length: count }, (_, at) => digit(at));
  return encodeIdx({ dtype: 'uint8', shape: [count], data });
}

function digit(at: number): number {
  return (at * at + 3 * at + (at >> 3)) % 10;
}
