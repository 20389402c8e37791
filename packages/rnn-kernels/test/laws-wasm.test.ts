import { setBackend } from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import * as library from '@unroll/rnn-cells';
import { type CellLibrary, describeGoldens, describeSequenceLaws } from '@unroll/testing';
import { beforeAll } from 'vitest';
import { ready } from '../src/wasm.js';

beforeAll(async () => {
  await setBackend('wasm');
  await ready({ threads: 1 });
});

describeSequenceLaws('fused on wasm', library as unknown as CellLibrary);
describeGoldens('fused on wasm', library as unknown as CellLibrary);
