import type { GPGPUContext, MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import {
  engine,
  grads,
  memory,
  ones,
  profile,
  randomNormal,
  setBackend,
  type Tensor3D,
  tidy,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import { BasicLSTMCell, BasicRNNCell, dynamicRNN, GRUCell, type RNNCell } from '@unroll/rnn-cells';
import { beforeAll, describe, expect, test } from 'vitest';
import '../src/webgl.js';

beforeAll(async () => {
  await setBackend('webgl');
});

const sizes = { inputSize: 5, units: 7 };

const cells: Readonly<Record<string, { readonly make: () => RNNCell<never>; most: number }>> = {
  BasicRNNCell: { make: () => new BasicRNNCell(sizes) as RNNCell<unknown> as never, most: 2 },
  BasicLSTMCell: { make: () => new BasicLSTMCell(sizes) as RNNCell<unknown> as never, most: 4 },
  GRUCell: { make: () => new GRUCell(sizes) as RNNCell<unknown> as never, most: 5 },
  'GRUCell, reset after': {
    make: () => new GRUCell({ ...sizes, resetAfter: true }) as RNNCell<unknown> as never,
    most: 4,
  },
};

/** One forward and backward pass over the whole sequence, with nothing around it. */
function pass(cell: RNNCell<never>, inputs: Tensor3D): void {
  tidy(() => {
    const [batch, time] = inputs.shape;
    const upstream = ones([batch, time, cell.outputSize]);
    const run = () => dynamicRNN(cell, inputs, { sequenceLength: [2, 4, 0] }).outputs;
    for (const gradient of grads(run)([...cell.trainableVariables], upstream)) gradient.dataSync();
  });
}

/** How many programs the GPU runs meanwhile, of TensorFlow.js's own and of ours. */
function countPrograms(body: () => void): number {
  const context: GPGPUContext = (engine().backend as MathBackendWebGL).getGPGPUContext();
  let count = 0;
  const { executeProgram } = context;
  context.executeProgram = () => {
    count += 1;
    executeProgram.call(context);
  };
  try {
    body();
  } finally {
    context.executeProgram = executeProgram;
  }
  return count;
}

function noise(time: number): Tensor3D {
  return randomNormal([3, time, sizes.inputSize], 0, 1, 'float32', 1);
}

describe.for(Object.entries(cells))('a training step of a %s', ([, { make, most }]) => {
  test(`runs ${most} programs a time step, forward and backward together`, () => {
    const cell = make();
    const [short, long] = [4, 8].map((time) => {
      const inputs = noise(time);
      pass(cell, inputs); // weights are uploaded
      const count = countPrograms(() => pass(cell, inputs));
      inputs.dispose();
      return count;
    });
    expect((long! - short!) / 4).toBe(most);
    expect(short! - 4 * most).toBeLessThan(60);
    cell.dispose();
  });

  test('keeps no memory of the GPU', async () => {
    const cell = make();
    const inputs = noise(4);
    pass(cell, inputs);
    const gpu = () => {
      const { numTensors, numBytesInGPU } = memory() as ReturnType<typeof memory> & {
        numBytesInGPU: number;
      };
      return { numTensors, numBytesInGPU };
    };
    const before = gpu();
    for (let i = 0; i < 3; i++) pass(cell, inputs);
    expect(gpu()).toEqual(before);
    cell.dispose();
    inputs.dispose();
  });
});

test('a cell is run by its kernel', async () => {
  const cell = new BasicLSTMCell(sizes);
  const inputs = noise(4);
  const { kernelNames } = await profile(() => tidy(() => dynamicRNN(cell, inputs).outputs));
  expect(kernelNames).toContain('LSTMSequence');
  cell.dispose();
  inputs.dispose();
});
