import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import { dispose, memory, ones, setBackend, type Rank } from '@tensorflow/tfjs-core';
import { afterAll, describe, expect, test } from 'vitest';
import { BasicLSTMCell, dynamicRNN, GRUCell, MultiRNNCell } from '../src/index.js';

afterAll(() => setBackend('cpu'));

describe.for(['cpu', 'wasm'])('state that is carried from call to call on %s', (backend) => {
  test('leaves as many tensors after 2,000 calls as after 10', { timeout: 60_000 }, async () => {
    await setBackend(backend);
    const cell = new MultiRNNCell([
      new BasicLSTMCell({ inputSize: 2, units: 3 }),
      new GRUCell({ inputSize: 3, units: 2 }),
    ]);
    const inputs = ones<Rank.R3>([2, 2, 2]);
    let state = cell.zeroState(2);
    const tensors: number[] = [];
    for (let call = 0; call < 2000; call++) {
      const { outputs, finalState } = dynamicRNN(cell, inputs, { initialState: state });
      outputs.dispose();
      dispose(state as never);
      state = finalState;
      tensors.push(memory().numTensors);
    }
    expect(tensors[1999]).toBe(tensors[9]);
    dispose(state as never);
    inputs.dispose();
    cell.dispose();
  });
});
