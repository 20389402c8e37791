import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import {
  backend,
  dispose,
  memory,
  ones,
  randomNormal,
  type Rank,
  type Scalar,
  setBackend,
  square,
  sum,
  tidy,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { BasicRNNCell, dynamicRNN } from '@unroll/rnn-cells';
import { expectClose, type Numbers, readNumbers } from '@unroll/testing';
import { describe, expect, test, vi } from 'vitest';
import '../src/webgpu.js';
import { cells, expectParity, type ParityCase } from './webgpu-parity.js';

const cases: Readonly<Record<string, ParityCase>> = {
  'one of everything': { batch: 1, time: 1, inputSize: 1, units: 1 },
  lengths: { batch: 5, time: 4, inputSize: 3, units: 7, lengths: [4, 0, 2, 1, 3] },
  'lengths, time-major': {
    batch: 5,
    time: 3,
    inputSize: 4,
    units: 33,
    timeMajor: true,
    lengths: [3, 0, 2, 1, 3],
  },
  'one row': { batch: 1, time: 3, inputSize: 28, units: 130 },
  'time-major': { batch: 5, time: 2, inputSize: 2, units: 130, timeMajor: true },
  // Four rows to a workgroup, but two for the last one; and products that the backend splits.
  'a large batch': {
    batch: 130,
    time: 16,
    inputSize: 2,
    units: 5,
    lengths: Array.from({ length: 130 }, (_, row) => (row * 7) % 17),
  },
};

type Cell = ReturnType<(typeof cells)[keyof typeof cells]>;

/** A training step of a first layer: the gradients by all weights. */
async function step(cell: Cell, time: number): Promise<void> {
  const inputs = ones<Rank.R3>([5, time, cell.inputSize]);
  const sequenceLength = [time, 0, 2, 1, 3];
  const loss = (): Scalar => sum(dynamicRNN(cell, inputs, { sequenceLength }).outputs);
  const { value, grads } = variableGrads(loss, [...cell.trainableVariables]);
  // The backend collects dispatches until somebody reads.
  expect(await value.data()).not.toContain(Number.NaN);
  dispose([value, grads, inputs]);
}

describe('on webgpu', () => {
  const table = Object.entries(cells).flatMap(([name, make]) =>
    Object.entries(cases).map(([title, one]) => [name, title, make, one] as const),
  );
  test.for(table)('%s gives what it gives composed on cpu: %s', async ([, , make, one]) => {
    await expectParity(make, one);
  });

  test('a state may be too large for workgroup memory', { timeout: 300_000 }, async () => {
    // In two slots each way, just over 16 KiB. A small case otherwise: there are four million weights.
    const run = async (backendName: string): Promise<Numbers[]> => {
      await setBackend(backendName);
      const cell = new BasicRNNCell({ inputSize: 1, units: 2049 });
      tidy(() => cell.kernel.assign(randomNormal(cell.kernel.shape, 0, 0.02, 'float32', 7)));
      const inputs = ones<Rank.R3>([1, 2, 1]);
      const loss = (): Scalar => sum(square(dynamicRNN(cell, inputs).outputs));
      const { value, grads } = variableGrads(loss, [cell.kernel, cell.bias]);
      const numbers = await Promise.all([value, ...Object.values(grads)].map(readNumbers));
      dispose([value, grads, inputs]);
      cell.dispose();
      return numbers;
    };
    const expected = await run('cpu');
    for (const [i, actual] of (await run('webgpu')).entries()) {
      expectClose(actual, expected[i]!, 1e-5, `result ${i}`);
    }
  });

  test.for(Object.entries(cells))(
    '%s takes as many dispatches for 16 steps as for 4',
    async ([, make]) => {
      await setBackend('webgpu');
      const cell = make({ inputSize: 3, units: 6 });
      const webgpu = backend() as unknown as { runWebGPUProgram(): void };
      const dispatches = vi.spyOn(webgpu, 'runWebGPUProgram');
      const count = async (time: number): Promise<number> => {
        dispatches.mockClear();
        await step(cell, time);
        return dispatches.mock.calls.length;
      };
      const four = await count(4);
      expect(four).toBeGreaterThan(0);
      expect(await count(16)).toBe(four);
      cell.dispose();
    },
  );

  test.for(Object.entries(cells))('%s keeps no memory of a step', async ([, make]) => {
    await setBackend('webgpu');
    const cell = make({ inputSize: 3, units: 6 });
    const held = async (): Promise<unknown> => {
      await step(cell, 4);
      const { numTensors, numDataBuffers, numBytesInGPU } = memory() as ReturnType<
        typeof memory
      > & { numBytesInGPU: number };
      return { numTensors, numDataBuffers, numBytesInGPU };
    };
    await held();
    const after = await held();
    await held();
    expect(await held()).toEqual(after);
    cell.dispose();
  });
});
