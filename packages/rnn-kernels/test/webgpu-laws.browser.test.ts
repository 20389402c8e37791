import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { getBackend, setBackend } from '@tensorflow/tfjs-core';
import * as library from '@unroll/rnn-cells';
import {
  type CellLibrary,
  cellTable,
  describeGoldens,
  describeSequenceLaws,
  goldenCases,
} from '@unroll/testing';
import { beforeAll, expect } from 'vitest';
import '../src/webgpu.js';

// A GPU in software takes a third of a second for each: only what the kernels compute.
const fusedCases =
  /^(basic-rnn|basic-lstm|gru|gru-reset-after)\/(dynamic|time-major|forget-bias|size)\/|^basic-rnn\/activation|^multi\/(three-kinds|both-grus)|^bidirectional\/(basic-lstm|gru|gru-reset-after)\/dynamic/u;
const fusedCells = [
  'BasicRNNCell, tanh',
  'BasicRNNCell, sigmoid',
  'BasicRNNCell, linear',
  'BasicRNNCell of one unit',
  'BasicLSTMCell',
  'GRUCell',
  'GRUCell, reset after',
  'MultiRNNCell of three kinds',
];

beforeAll(async () => {
  await setBackend('webgpu');
  expect(getBackend()).toBe('webgpu');
});

describeGoldens(
  'fused on webgpu',
  library as unknown as CellLibrary,
  goldenCases.filter(({ name }) => fusedCases.test(name)),
);
describeSequenceLaws(
  'fused on webgpu',
  library as unknown as CellLibrary,
  Object.fromEntries(fusedCells.map((name) => [name, cellTable[name]!])),
);
