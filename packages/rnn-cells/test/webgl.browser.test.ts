import { env, getBackend, setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-webgl';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { type CellLibrary, describeGoldens, describeSequenceLaws } from '@unroll/testing';
import { beforeAll, expect } from 'vitest';
import * as library from '../src/index.js';

beforeAll(async () => {
  await setBackend('webgl');
  expect(getBackend()).toBe('webgl');
  expect(env().getNumber('WEBGL_VERSION')).toBe(2);
});

describeGoldens('composed on webgl', library as unknown as CellLibrary);
describeSequenceLaws('composed on webgl', library as unknown as CellLibrary);
