/* How long batches of 128 images of MNIST take, on their own and as tensors of the wasm backend. */
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { dispose, ready, setBackend } from '@tensorflow/tfjs-core';
import type { MnistSplit } from '@unroll/mnist-idx';
import { DataSet } from '@unroll/mnist-idx/data-sets';
import { batchTensors, nextTensors, toTensors } from '@unroll/mnist-idx/tensors';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { type Spread, spreadOf } from '../statistics.ts';

const batchSize = 128;
const repetitions = 400;

/** Microseconds a batch, over rounds. */
export async function batchTimes(split: MnistSplit, rounds: number): Promise<Map<string, Spread>> {
  const manifest = createRequire(import.meta.url).resolve(
    '@tensorflow/tfjs-backend-wasm/package.json',
  );
  setWasmPaths(join(dirname(manifest), 'dist/'));
  setThreadsCount(1);
  await setBackend('wasm');
  await ready();
  const dataSet = new DataSet(split, { seed: 1 });
  const into = { images: new Float32Array(batchSize * 784) };
  const last = Math.floor(dataSet.numExamples / batchSize);
  const rangeOf = (i: number): [number, number] => {
    const start = (i % last) * batchSize;
    return [start, start + batchSize];
  };
  const tasks: readonly (readonly [string, (i: number) => unknown])[] = [
    ['`nextBatch(128)`', () => dataSet.nextBatch(batchSize)],
    ['`nextBatch(128, { into })`', () => dataSet.nextBatch(batchSize, { into })],
    [
      '`toTensors(nextBatch(128))`, wasm',
      () => dispose({ ...toTensors(dataSet.nextBatch(batchSize)) }),
    ],
    ['`nextTensors(dataSet, 128)`, wasm', () => dispose({ ...nextTensors(dataSet, batchSize) })],
    [
      '`toTensors(batch(start, end))`, wasm',
      (i) => dispose({ ...toTensors(dataSet.batch(...rangeOf(i))) }),
    ],
    [
      '`batchTensors(dataSet, start, end)`, wasm',
      (i) => dispose({ ...batchTensors(dataSet, ...rangeOf(i)) }),
    ],
  ];
  const times = new Map<string, number[]>(tasks.map(([name]) => [name, []]));
  for (let round = -2; round < rounds; round++) {
    for (const [name, task] of tasks) {
      const begin = performance.now();
      for (let i = 0; i < repetitions; i++) task(i);
      const each = (1000 * (performance.now() - begin)) / repetitions;
      if (round >= 0) times.get(name)?.push(each);
    }
  }
  return new Map([...times].map(([name, all]) => [name, spreadOf(all)]));
}
