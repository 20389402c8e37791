import '@tensorflow/tfjs-backend-cpu';
import {
  engine,
  env,
  mean,
  mul,
  removeBackend,
  type Scalar,
  setBackend,
  square,
  type Tensor,
  type Tensor3D,
  tidy,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import { BasicLSTMCell, dynamicRNN } from '@unroll/rnn-cells';
import { adam, trainStep } from '@unroll/trainer';
import { expect, test } from 'vitest';
import { sharedEngine } from '../src/core/shared-engine.js';
import '../src/cpu.js';
import { ready } from '../src/wasm.js';
import { noise } from './cell-results.js';

const { arena } = sharedEngine()!.core;

/** Trains a network; its variables, slots and outputs are left as they are, waiting. */
function trainAndForget(): Tensor {
  const cell = new BasicLSTMCell({ inputSize: 10, units: 32 });
  const inputs = noise([64, 6, 10], 3) as Tensor3D;
  const [kernel, bias] = cell.trainableVariables;
  const optimizer = adam();
  for (let step = 0; step < 3; step++) {
    const evaluate = () => ({ loss: mean(square(dynamicRNN(cell, inputs).outputs)) as Scalar });
    trainStep({ variables: { kernel: kernel!, bias: bias! }, optimizer, evaluate });
  }
  return dynamicRNN(cell, inputs).outputs;
}

/** With the setting of tests, which it forgets. */
function reset(): void {
  engine().reset();
  env().set('IS_TEST', true);
}

test.each(['wasm', 'cpu'])('nothing of %s is held when the engine is reset', async (name) => {
  await setBackend(name);
  await ready({ threads: 1 });
  const used = arena.used;
  const outputs = trainAndForget();
  expect(arena.used).toBeGreaterThan(used);
  reset();
  expect(arena.used).toBe(used);
  // Too late, and no fault.
  outputs.dispose();
  expect(arena.used).toBe(used);
  await setBackend(name);
  expect(trainAndForget().dataSync().every(Number.isFinite)).toBe(true);
  reset();
  expect(arena.used).toBe(used);
});

test('numbers that wait outlive the removal of their backend', async () => {
  await setBackend('cpu');
  const cell = new BasicLSTMCell({ inputSize: 10, units: 32 });
  const inputs = noise([64, 6, 10], 3) as Tensor3D;
  const numbers = dynamicRNN(cell, inputs).outputs.dataSync();
  const { outputs } = dynamicRNN(cell, inputs);
  removeBackend('cpu');
  await setBackend('wasm');
  // Takes what has been given back.
  trainAndForget();
  expect(tidy(() => mul(outputs, 1)).dataSync()).toEqual(numbers);
});
