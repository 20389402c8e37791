import '@tensorflow/tfjs-backend-cpu';
import {
  backend,
  grad,
  type Scalar,
  setBackend,
  square,
  sum,
  type Tensor,
  type Tensor3D,
  type Variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { BasicLSTMCell, BasicRNNCell, dynamicRNN } from '@unroll/rnn-cells';
import { expectClose } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import { SharedBlock } from '../src/core/shared-block.js';
import { sharedEngine } from '../src/core/shared-engine.js';
import { cpuHost } from '../src/cpu-host.js';
import { lateTensor, mostWaiting } from '../src/late-tensor.js';
import { ready } from '../src/wasm.js';
import { noise } from './cell-results.js';

const { arena } = sharedEngine()!.core;

/** An LSTM whose data are small beside what it keeps for the way back, which is 200 KiB for each step. */
function narrowLSTM(steps: number) {
  const cell = new BasicLSTMCell({ inputSize: 3, units: 16 });
  const inputs = noise([512, steps, 3], 1) as Tensor3D;
  const loss = (data: Tensor) => sum(square(dynamicRNN(cell, data as Tensor3D).finalState.h));
  return { cell, inputs, loss };
}

describe.each([1, 2])('gradients that are kept without a look, on %d threads', (threads) => {
  test('hold nothing of the way forward once their pass has ended', async () => {
    await setBackend('wasm');
    await ready({ threads });
    const { cell, inputs, loss } = narrowLSTM(40);
    const used = arena.used;
    const { outputs, finalState } = dynamicRNN(cell, inputs);
    const forward = arena.used - used;
    for (const tensor of [outputs, ...Object.values(finalState)]) tensor.dispose();
    const kept: Tensor[] = [];
    for (let step = 0; step < 8; step++) {
      const weights = cell.trainableVariables as Variable[];
      const { value, grads } = variableGrads(() => loss(inputs) as Scalar, weights);
      value.dispose();
      kept.push(...Object.values(grads));
    }
    // Ends the last pass.
    dynamicRNN(cell, inputs).outputs.dispose();
    expect(arena.used - used).toBeLessThan(4 * forward);
    for (const tensor of kept) tensor.dispose();
    for (const tensor of [inputs, cell]) tensor.dispose();
  });

  test('by the data do not fill the memory with what they are unpacked by', async () => {
    await setBackend('wasm');
    await ready({ threads });
    const { cell, inputs, loss } = narrowLSTM(160);
    const used = arena.used;
    const byData = grad(loss);
    const kept = Array.from({ length: 12 }, () => byData(inputs));
    expect(arena.used - used).toBeLessThanOrEqual(mostWaiting);
    const golden = { shape: inputs.shape, values: kept[0]!.dataSync() };
    for (const tensor of kept) expectClose(tensor, golden, 0);
    for (const tensor of [...kept, inputs, cell]) tensor.dispose();
  });
});

test.each([
  { units: 8, steps: 1, times: 100 },
  { units: 32, steps: 200, times: 20 },
])(
  'outputs that are fed back again and again hold what a few of them do: $steps steps',
  async ({ units, steps, times }) => {
    await setBackend('wasm');
    await ready({ threads: 1 });
    const cell = new BasicRNNCell({ inputSize: units, units });
    let data = noise([512, steps, units], 1) as Tensor3D;
    const before = arena.used;
    const used: number[] = [];
    for (let i = 0; i < times; i++) {
      const { outputs, finalState } = dynamicRNN(cell, data);
      for (const tensor of [data, finalState]) tensor.dispose();
      data = outputs;
      used.push(arena.used - before);
    }
    // The first one holds a copy of its data as well.
    const most = Math.min(33 * used[0]!, mostWaiting + used[0]!);
    expect(Math.max(...used)).toBeLessThanOrEqual(most);
    expect(used.at(-1)).toBeLessThan(times * (used[1]! - used[0]!));
    for (const tensor of [data, cell]) tensor.dispose();
    expect(arena.used).toBe(before);
  },
);

test('a result that cannot be computed fails nobody else', async () => {
  await setBackend('cpu');
  const host = cpuHost(backend());
  const used = arena.used;
  const late = (bytes: number, fill: (values: Float32Array) => void) => {
    const memory = new SharedBlock(arena, bytes);
    const info = lateTensor(host, { shape: [1], memory, fill });
    memory.letGo();
    return info;
  };
  const broken = late(mostWaiting + 64, () => {
    throw new Error('the pass failed');
  });
  const sound = late(64, (values) => values.fill(7));
  expect([...host.floats(sound)]).toEqual([7]);
  expect(() => host.floats(broken)).toThrow('the pass failed');
  expect(arena.used - used).toBe(mostWaiting + 64);
});
