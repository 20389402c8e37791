import '@tensorflow/tfjs-backend-cpu';
import {
  memory,
  type Scalar,
  setBackend,
  sum,
  square,
  type Tensor,
  type Tensor3D,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { BasicRNNCell, dynamicRNN, glorotUniform } from '@unroll/rnn-cells';
import { adam, clipByGlobalNorm, type Optimizer, rmsProp, trainStep } from '@unroll/trainer';
import { describe, expect, test } from 'vitest';
import { sharedEngine } from '../src/core/shared-engine.js';
import '../src/cpu.js';
import { ready } from '../src/wasm.js';
import { noise } from './cell-results.js';

const { arena } = sharedEngine()!.core;

/** Large enough for threads. */
const [batch, time, units] = [64, 6, 26];

function clipping(optimizer: Optimizer): Optimizer {
  return {
    applyGradients(variables, gradients) {
      const { clipped } = clipByGlobalNorm(gradients, 0.5);
      optimizer.applyGradients(variables, clipped);
    },
    dispose: () => optimizer.dispose(),
  };
}

const optimizers: Readonly<Record<string, () => Optimizer>> = {
  adam: () => adam({ learningRate: 0.01 }),
  rmsProp: () => rmsProp({ learningRate: 0.01, momentum: 0.5 }),
  'adam after clipping': () => clipping(adam({ learningRate: 0.01 })),
};

/** The weights after five steps; `look` is called after each of them. */
function fiveSteps(create: () => Optimizer, look: (weights: readonly Tensor[]) => void): number[] {
  const kernelInitializer = glorotUniform({ seed: 'kernel' });
  const cell = new BasicRNNCell({ inputSize: 9, units, kernelInitializer });
  const [kernel, bias] = cell.trainableVariables as [typeof cell.kernel, typeof cell.bias];
  const optimizer = create();
  const inputs = noise([batch, time, 9], 1) as Tensor3D;
  for (let step = 0; step < 5; step++) {
    const { loss } = trainStep({
      variables: { kernel, bias },
      optimizer,
      evaluate: () => ({ loss: sum(square(dynamicRNN(cell, inputs).finalState)) as Scalar }),
    });
    loss.dispose();
    look([kernel, bias]);
  }
  const numbers = [kernel, bias].flatMap((weight) => [...weight.dataSync()]);
  inputs.dispose();
  cell.dispose();
  optimizer.dispose();
  return numbers;
}

describe.each(['wasm', 'cpu'])('an update on %s', (backend) => {
  test.each(Object.keys(optimizers))(
    'is the same to the bit, whether somebody looks at the variables after each step or only at last: %s',
    async (name) => {
      await setBackend(backend);
      const create = optimizers[name]!;
      const [tensors, used] = [memory().numTensors, arena.used];
      await ready({ threads: 2 });
      const last = fiveSteps(create, () => {});
      const each = fiveSteps(create, (weights) => {
        for (const weight of weights) weight.dataSync();
      });
      await ready({ threads: 1 });
      const alone = fiveSteps(create, () => {});
      expect(each).toEqual(last);
      expect(last.every(Number.isFinite)).toBe(true);
      for (const [i, number] of alone.entries()) expect(last[i]).toBeCloseTo(number, 4);
      expect([memory().numTensors, arena.used]).toEqual([tensors, used]);
    },
  );

  test('ends in time where threads change, or nobody ever looks', async () => {
    await setBackend(backend);
    const used = arena.used;
    await ready({ threads: 3 });
    const create = optimizers['adam']!;
    let threads = 3;
    const changing = fiveSteps(create, () => {
      threads = 5 - threads;
      void ready({ threads });
    });
    expect(changing.every(Number.isFinite)).toBe(true);
    await ready({ threads: 2 });
    const cell = new BasicRNNCell({ inputSize: 9, units });
    const optimizer = create();
    const inputs = noise([batch, time, 9], 1) as Tensor3D;
    const { loss } = trainStep({
      variables: { kernel: cell.kernel, bias: cell.bias },
      optimizer,
      evaluate: () => ({ loss: sum(square(dynamicRNN(cell, inputs).finalState)) as Scalar }),
    });
    loss.dispose();
    cell.dispose();
    optimizer.dispose();
    inputs.dispose();
    expect(arena.used).toBeGreaterThan(used);
    // Ends what has begun.
    await ready({ threads: 1 });
    expect(arena.used).toBe(used);
  });
});
