import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { getBackend, setBackend } from '@tensorflow/tfjs-core';
import * as library from '@unroll/rnn-cells';
import { type CellLibrary, describeGoldens, describeSequenceLaws } from '@unroll/testing';
import { beforeAll, expect } from 'vitest';
import '../src/webgpu.js';

beforeAll(async () => {
  await setBackend('webgpu');
  expect(getBackend()).toBe('webgpu');
});

describeGoldens('fused on webgpu', library as unknown as CellLibrary);
describeSequenceLaws('fused on webgpu', library as unknown as CellLibrary);
