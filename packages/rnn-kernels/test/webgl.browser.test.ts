import { env, getBackend, setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import * as library from '@unroll/rnn-cells';
import { type CellLibrary, describeGoldens, describeSequenceLaws } from '@unroll/testing';
import { beforeAll, expect } from 'vitest';
import '../src/webgl.js';

beforeAll(async () => {
  await setBackend('webgl');
  expect(getBackend()).toBe('webgl');
  expect(env().getNumber('WEBGL_VERSION')).toBe(2);
});

describeGoldens('fused on webgl', library as unknown as CellLibrary);
describeSequenceLaws('fused on webgl', library as unknown as CellLibrary);
