import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { type Rank, setBackend, tensor1d, tidy, zeros } from '@tensorflow/tfjs-core';
import { expectRefusal } from '@unroll/testing';
import { afterAll, beforeAll, test } from 'vitest';
import { BasicRNNCell, dynamicRNN } from '../src/index.js';

beforeAll(() => setBackend('wasm'));
afterAll(() => setBackend('cpu'));

test('a tensor of lengths is looked at on wasm too', () => {
  const cell = new BasicRNNCell({ inputSize: 3, units: 4 });
  tidy(() => {
    const inputs = zeros<Rank.R3>([2, 5, 3]);
    const sequenceLength = tensor1d([1, 6], 'int32');
    expectRefusal(
      () => dynamicRNN(cell, inputs, { sequenceLength }),
      RangeError,
      'dynamicRNN: sequenceLength[1]: expected a whole number from 0 to 5, got 6',
    );
  });
  cell.dispose();
});
