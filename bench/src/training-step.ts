/*
 * Races training steps of the tutorial's model (batch 128, 28 steps of 28 inputs, 31 units, Adam)
 * against tf.layers, in one process, rounds taking turns. Run on a quiet machine: pnpm bench
 */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import {
  enableProdMode,
  getKernel,
  getKernelsForBackend,
  randomUniform,
  registerKernel,
  setBackend,
  tidy,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import '@unroll/rnn-kernels/cpu';
import { type Batch, type Contender, contenders } from './contenders.ts';

const rounds = 5;
const stepsInARound = 12;
const warmUp = 5;

const kernels = getKernelsForBackend('cpu').filter(({ kernelName }) =>
  kernelName.includes('Sequence'),
);

/** Milliseconds of each step of a contender in one round. */
async function runRound(contender: Contender, depth: number): Promise<number[]> {
  for (const kernel of kernels) {
    if (contender.fused) registerKernel(kernel);
    else if (getKernel(kernel.kernelName, 'cpu') !== undefined) {
      unregisterKernel(kernel.kernelName, 'cpu');
    }
  }
  await setBackend(contender.backend);
  const batch: Batch = tidy(() => ({
    images: randomUniform([128, 784], 0, 1, 'float32', 1),
    labels: randomUniform([128], 0, 10, 'int32', 2),
  }));
  const run = contender.start(depth);
  const times: number[] = [];
  for (let step = 0; step < warmUp + stepsInARound; step++) {
    const start = performance.now();
    await run.step(batch);
    if (step >= warmUp) times.push(performance.now() - start);
  }
  run.dispose();
  batch.images.dispose();
  batch.labels.dispose();
  return times;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

enableProdMode();
for (const depth of [1, 3]) {
  const times = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const one of contenders) times.get(one.name)!.push(...(await runRound(one, depth)));
  }
  const base = median(times.get(contenders[0]!.name)!);
  console.log(`\n${depth} layer${depth > 1 ? 's' : ''}`.padEnd(28), 'ms/step', ' ratio');
  for (const [name, values] of times) {
    const ms = median(values);
    console.log(name.padEnd(26), ms.toFixed(1).padStart(8), (ms / base).toFixed(2).padStart(6));
  }
}
