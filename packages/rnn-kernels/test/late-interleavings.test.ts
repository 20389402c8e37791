import '@tensorflow/tfjs-backend-cpu';
import {
  getKernel,
  type KernelBackend,
  type KernelConfig,
  memory,
  registerKernel,
  setBackend,
  type Tensor3D,
  type TensorInfo,
  tidy,
  unregisterKernel,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { BasicRNNCell, dynamicRNN } from '@unroll/rnn-cells';
import { expect, test } from 'vitest';
import { sharedEngine } from '../src/core/shared-engine.js';
import '../src/cpu.js';
import { basicRNNPlan, gruPlan, lstmPlan, resetAfterGRUPlan } from '../src/sequence/cell-plan.js';
import { ready } from '../src/wasm.js';
import { noise } from './cell-results.js';
import { RandomProgram } from './random-program.js';

const { arena } = sharedEngine()!.core;

const plans = [basicRNNPlan, gruPlan, lstmPlan, resetAfterGRUPlan];

/** Kernels whose results may wait. */
const kernels = [
  ...plans.flatMap(({ kernelName }) => [kernelName, `${kernelName}Grad`]),
  'ApplyAdam',
  'ApplyRMSProp',
];

/** Calls with kernels whose results are looked at before they are handed out: nothing waits. */
async function withoutWaiting<Result>(call: () => Promise<Result>): Promise<Result> {
  const all = kernels.flatMap((name) => ['wasm', 'cpu'].map((on) => getKernel(name, on)));
  const replace = (change: (config: KernelConfig) => KernelConfig): void => {
    for (const config of all) {
      unregisterKernel(config.kernelName, config.backendName);
      registerKernel(change(config));
    }
  };
  replace((config) => ({
    ...config,
    kernelFunc(given) {
      const results = config.kernelFunc(given) as TensorInfo[];
      for (const { dataId } of results) (given.backend as KernelBackend).readSync(dataId);
      return results;
    },
  }));
  try {
    return await call();
  } finally {
    replace((config) => config);
  }
}

/** What a random program sees; nothing is left of it. */
async function runProgram(seed: number): Promise<readonly string[]> {
  for (const name of ['cpu', 'wasm']) await setBackend(name);
  await ready({ threads: 2 });
  const [tensors, used] = [memory().numTensors, arena.used];
  const log = await new RandomProgram(seed).run(50);
  await ready({ threads: 1 });
  // What no gradient has taken is freed by the next pass.
  const cell = new BasicRNNCell({ inputSize: 1, units: 1 });
  tidy(() => void dynamicRNN(cell, noise([1, 1, 1], 1) as Tensor3D));
  cell.dispose();
  expect([memory().numTensors, arena.used]).toEqual([tensors, used]);
  return log;
}

test.each([2, 3])(
  'a program sees the same, to the bit, whether results wait or not: seed %d',
  async (seed) => {
    const late = await runProgram(seed);
    const atOnce = await withoutWaiting(() => runProgram(seed));
    expect(late).toEqual(atOnce);
  },
);
