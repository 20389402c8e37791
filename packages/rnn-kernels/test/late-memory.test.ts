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
import { BasicLSTMCell, dynamicRNN } from '@unroll/rnn-cells';
import { expectClose } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import { SharedBlock } from '../src/core/shared-block.js';
import { sharedEngine } from '../src/core/shared-engine.js';
import { cpuHost } from '../src/cpu-host.js';
import { lateTensor } from '../src/late-tensor.js';
import { ready } from '../src/wasm.js';
import { noise } from './cell-results.js';

const { arena } = sharedEngine()!.core;

/** Bytes that results may keep waiting, all together. */
const mostWaiting = 2 ** 28;

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
