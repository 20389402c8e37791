import { env, getKernel, ones, type Rank, setBackend, tidy } from '@tensorflow/tfjs-core';
import { BasicLSTMCell, dynamicRNN } from '@unroll/rnn-cells';
import { expect, test } from 'vitest';
import '../src/webgl.js';
import { registerWebGLKernels } from '../src/webgl/register-webgl-kernels.js';

// Alone in its file: WebGL 1 is chosen before the backend starts, once for all.
test('on WebGL 1 the kernels take themselves back, and loops are composed', async () => {
  expect(getKernel('LSTMSequence', 'webgl')).toBeDefined();
  env().set('WEBGL_VERSION', 1);
  await setBackend('webgl');
  expect(getKernel('LSTMSequence', 'webgl')).toBeUndefined();
  expect(getKernel('LSTMSequenceGrad', 'webgl')).toBeUndefined();
  const cell = new BasicLSTMCell({ inputSize: 2, units: 3 });
  const inputs = ones<Rank.R3>([1, 2, 2]);
  const outputs = tidy(() => dynamicRNN(cell, inputs).outputs.dataSync());
  expect([...outputs].every((value) => value !== 0 && Math.abs(value) < 1)).toBe(true);
  cell.dispose();
  inputs.dispose();
});

test('so they do when they are registered for a backend that runs already', () => {
  registerWebGLKernels();
  expect(getKernel('LSTMSequence', 'webgl')).toBeUndefined();
});
