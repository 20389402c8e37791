import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import {
  backend,
  dispose,
  memory,
  ones,
  type Rank,
  type Scalar,
  setBackend,
  sum,
  variableGrads,
} from '@tensorflow/tfjs-core';
import { dynamicRNN } from '@unroll/rnn-cells';
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
  'one row': { batch: 1, time: 4, inputSize: 28, units: 130 },
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

  test('a state may be too large for workgroup memory on the way back', async () => {
    const size = { batch: 2, time: 2, inputSize: 3, units: 700, lengths: [2, 1] };
    await expectParity(cells.BasicLSTMCell, size);
  });

  test('a state may be too large for workgroup memory both ways', async () => {
    const size = { batch: 2, time: 2, inputSize: 3, units: 1400, lengths: [1, 2] };
    await expectParity(cells.GRUCell, size);
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
