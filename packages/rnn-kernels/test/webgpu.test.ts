import '@tensorflow/tfjs-backend-cpu';
import { dispose, findBackend, getBackend, ones, type Rank } from '@tensorflow/tfjs-core';
import { BasicRNNCell, dynamicRNN } from '@unroll/rnn-cells';
import { expect, test } from 'vitest';

test('where there is no WebGPU, importing the entry changes nothing', async () => {
  await import('../src/webgpu.js');
  expect(findBackend('webgpu')).toBeNull();
  const cell = new BasicRNNCell({ inputSize: 2, units: 3 });
  const inputs = ones<Rank.R3>([1, 2, 2]);
  const { outputs, finalState } = dynamicRNN(cell, inputs);
  expect(outputs.shape).toEqual([1, 2, 3]);
  expect(getBackend()).toBe('cpu');
  dispose([inputs, outputs, finalState]);
  cell.dispose();
});
