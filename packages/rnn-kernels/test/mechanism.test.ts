import '@tensorflow/tfjs-backend-cpu';
import {
  add,
  cast,
  engine,
  getKernel,
  grad,
  grads,
  mul,
  profile,
  randomNormal,
  square,
  sum,
  type Tensor,
  tensor1d,
  type Tensor1D,
  tensor2d,
  type Tensor2D,
  type Tensor3D,
  tidy,
  tile,
  unregisterKernel,
  registerKernel,
  reshape,
} from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-layers'; // registers the gradients
import {
  BasicRNNCell,
  BasicRNNSequence,
  dynamicRNN,
  MultiRNNCell,
  type RNNCell,
} from '@unroll/rnn-cells';
import { expectClose, expectNoLeak } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import '../src/cpu.js';
import { composed } from './cell-results.js';

const size = { batch: 7, time: 11, inputSize: 6, units: 13 };

function noise(shape: number[], seed: number): Tensor {
  return randomNormal(shape as [number], 0, 1, 'float32', seed);
}

function setUp(activation?: 'linear' | 'relu' | ((x: Tensor2D) => Tensor2D)) {
  const { inputSize, units } = size;
  const options = activation === undefined ? {} : { activation };
  const cell = new BasicRNNCell({ inputSize, units, ...options });
  const inputs = noise([size.batch, size.time, inputSize], 1) as Tensor3D;
  return {
    cell,
    inputs,
    dispose() {
      cell.dispose();
      inputs.dispose();
    },
  };
}

async function kernelsOf(body: () => Tensor): Promise<readonly string[]> {
  const { kernels, result } = await profile(body);
  (result as Tensor).dispose();
  return kernels.map(({ name }) => name);
}

describe('a cell that a kernel covers', () => {
  test('is one call of the kernel, and one of its gradient', async () => {
    const { cell, inputs, dispose } = setUp();
    const forward = await kernelsOf(() => tidy(() => dynamicRNN(cell, inputs).outputs));
    expect(forward).toContain(BasicRNNSequence);
    expect(forward).not.toContain('BatchMatMul');
    const backward = await kernelsOf(() =>
      tidy(() => grad(() => sum(dynamicRNN(cell, inputs).outputs))(cell.kernel)),
    );
    expect(backward).toContain('BasicRNNSequenceGrad');
    dispose();
  });

  test('computes neither zeros for an unused output nor a gradient that nobody wants', async () => {
    const { cell, inputs, dispose } = setUp();
    const { kernels } = await profile(() =>
      tidy(() => grad(() => sum(dynamicRNN(cell, inputs).finalState))(cell.kernel)),
    );
    const backward = kernels.find(({ name }) => name === 'BasicRNNSequenceGrad')!;
    expect(backward.inputShapes).toContainEqual([]);
    const [dInputs, dKernel] = backward.outputShapes;
    expect(dInputs).toEqual([1]);
    expect(dKernel).toEqual(cell.kernel.shape);
    dispose();
  });

  test('is composed in a layer that no kernel covers, with the others fused', async () => {
    const { cell, inputs, dispose } = setUp();
    const top = new BasicRNNCell({ inputSize: 13, units: 2, activation: (x) => square(x) });
    const stack = new MultiRNNCell([cell, top]);
    const kernels = await kernelsOf(() => tidy(() => dynamicRNN(stack, inputs).outputs));
    expect(kernels.filter((name) => name === BasicRNNSequence)).toHaveLength(1);
    expect(kernels.filter((name) => name === 'Square')).toHaveLength(size.time);
    top.dispose();
    dispose();
  });

  test('gives the outputs, states and gradients of the composed cell', async () => {
    await expectNoLeak(() => {
      for (const sequenceLength of [undefined, [11, 0, 3, 11, 1, 10, 5]]) {
        const { cell, inputs, dispose } = setUp();
        tidy(() => {
          const initialState = noise([size.batch, size.units], 2) as Tensor2D;
          const options = {
            initialState,
            ...(sequenceLength === undefined ? {} : { sequenceLength }),
          };
          const [up, upState] = [noise([7, 11, 13], 3), noise([7, 13], 4)];
          const run = (one: RNNCell<Tensor2D>) => {
            const loss = () => {
              const { outputs, finalState } = dynamicRNN(one, inputs, options);
              return add(sum(mul(outputs, up)), sum(mul(finalState, upState)));
            };
            const { outputs, finalState } = dynamicRNN(one, inputs, options);
            const all = [inputs, initialState, cell.kernel, cell.bias];
            return [outputs, finalState, ...grads(loss)(all)];
          };
          const expected = run(composed(cell));
          for (const [i, result] of run(cell).entries()) {
            const golden = { shape: expected[i]!.shape, values: expected[i]!.dataSync() };
            expectClose(result, golden, 1e-5, `result ${i}`);
          }
        });
        dispose();
      }
    });
  });
});

describe('a cell that no kernel covers', () => {
  test('is composed when its activation is a function', async () => {
    const { cell, inputs, dispose } = setUp((x) => square(x));
    const kernels = await kernelsOf(() => tidy(() => dynamicRNN(cell, inputs).outputs));
    expect(kernels).not.toContain(BasicRNNSequence);
    dispose();
  });

  test('is composed when only the gradient kernel is missing', async () => {
    const { cell, inputs, dispose } = setUp();
    const kernel = getKernel('BasicRNNSequenceGrad', 'cpu');
    unregisterKernel('BasicRNNSequenceGrad', 'cpu');
    try {
      const kernels = await kernelsOf(() => tidy(() => dynamicRNN(cell, inputs).outputs));
      expect(kernels).not.toContain(BasicRNNSequence);
    } finally {
      registerKernel(kernel);
    }
    dispose();
  });

  test('is composed when a stack has a call of its own', async () => {
    class Loud extends MultiRNNCell<readonly [BasicRNNCell]> {
      override call(input: Tensor2D, state: readonly [Tensor2D]): [Tensor2D, readonly [Tensor2D]] {
        const [output, next] = super.call(input, state);
        return [add(output, output), next];
      }
    }
    const { cell, inputs, dispose } = setUp();
    const kernels = await kernelsOf(() => tidy(() => dynamicRNN(new Loud([cell]), inputs).outputs));
    expect(kernels).not.toContain(BasicRNNSequence);
    dispose();
  });

  test('is composed when a subclass has a call of its own', async () => {
    class Doubled extends BasicRNNCell {
      override call(input: Tensor2D, state: Tensor2D): [Tensor2D, Tensor2D] {
        const [output, next] = super.call(input, state);
        return [add(output, output), next];
      }
    }
    const cell = new Doubled({ inputSize: size.inputSize, units: 2 });
    const inputs = noise([2, 3, size.inputSize], 5) as Tensor3D;
    const kernels = await kernelsOf(() => tidy(() => dynamicRNN(cell, inputs).outputs));
    expect(kernels).not.toContain(BasicRNNSequence);
    cell.dispose();
    inputs.dispose();
  });

  test('is composed when the backend has no such kernel', async () => {
    const { cell, inputs, dispose } = setUp();
    const kernel = getKernel(BasicRNNSequence, 'cpu');
    unregisterKernel(BasicRNNSequence, 'cpu');
    try {
      const kernels = await kernelsOf(() => tidy(() => dynamicRNN(cell, inputs).outputs));
      expect(kernels).not.toContain(BasicRNNSequence);
    } finally {
      registerKernel(kernel);
    }
    dispose();
  });

  // With tanh TensorFlow.js itself has no second gradient: it saves the output off the tape.
  test('is composed inside a gradient of a gradient, which is then right', () => {
    const { cell, inputs, dispose } = setUp('linear');
    tidy(() => {
      const bend = (one: RNNCell<Tensor2D>) => {
        const slope = grad((x) => sum(dynamicRNN(one, x as Tensor3D).outputs));
        return grad(() => sum(square(slope(inputs))))(cell.kernel);
      };
      const expected = bend(composed(cell));
      const golden = { shape: expected.shape, values: expected.dataSync() };
      expect(Math.max(...golden.values)).toBeGreaterThan(1);
      expectClose(bend(cell), golden, 1e-6);
    });
    dispose();
  });
});

describe('the cpu kernel', () => {
  test('takes tensors that a cast left integers behind', () => {
    const { cell, inputs, dispose } = setUp();
    tidy(() => {
      const ones7 = cast(tensor1d([1, 0, 2, -1, 1, 3, -2], 'int32'), 'float32');
      const dy = tile(reshape(ones7, [7, 1]), [1, size.units]);
      const integers = cast(cast(dy, 'int32'), 'float32');
      const run = (one: RNNCell<Tensor2D>, upstream: Tensor) =>
        grad((x) => dynamicRNN(one, x as Tensor3D).finalState)(inputs, upstream);
      const expected = run(composed(cell), dy);
      const golden = { shape: expected.shape, values: expected.dataSync() };
      expectClose(run(cell, integers), golden, 1e-5);
      expectClose(integers, { shape: dy.shape, values: dy.dataSync() }, 0, 'dy, untouched');
    });
    dispose();
  });

  test('takes lengths that were cast from booleans, in a long batch', () => {
    const cell = new BasicRNNCell({ inputSize: 2, units: 3 });
    tidy(() => {
      const flags = Array.from({ length: 60 }, (_, row) => row % 3 !== 0);
      const inputs = noise([60, 6, 2], 8) as Tensor3D;
      const sequenceLength = cast(tensor1d(flags, 'bool'), 'int32') as Tensor1D;
      const expected = dynamicRNN(cell, inputs, { sequenceLength: flags.map(Number) }).finalState;
      const { finalState } = dynamicRNN(cell, inputs, { sequenceLength });
      expectClose(finalState, { shape: [60, 3], values: expected.dataSync() }, 0);
    });
    cell.dispose();
  });

  test('takes a length outside of the sequence for the nearer end', () => {
    const { cell, inputs, dispose } = setUp();
    tidy(() => {
      const run = (lengths: number[]) => {
        const [outputs] = engine().runKernel(
          BasicRNNSequence,
          {
            inputs,
            kernel: cell.kernel,
            bias: cell.bias,
            initialState: noise([size.batch, size.units], 2),
            sequenceLength: tensor1d(lengths, 'int32'),
          },
          { activation: 'tanh', timeMajor: false, reverse: false, padded: true },
        ) as unknown as [Tensor];
        return { shape: outputs.shape, values: outputs.dataSync() };
      };
      expectClose(run([99, -3, 3, 11, 1, 10, 5]), run([11, 0, 3, 11, 1, 10, 5]), 0);
    });
    dispose();
  });

  test('keeps a NaN of the weights, and one from above where relu is off', () => {
    const { cell, inputs, dispose } = setUp('relu');
    tidy(() => {
      cell.bias.assign(tensor1d(Array.from({ length: size.units }, () => Number.NaN)));
      const { outputs } = dynamicRNN(cell, inputs);
      expect([...outputs.dataSync()].every(Number.isNaN)).toBe(true);
      cell.bias.assign(tensor1d(Array.from({ length: size.units }, () => -1e3)));
      const upstream = tile(tensor2d([[Number.NaN]]), [size.batch, size.units]);
      const byBias = grad(() => dynamicRNN(cell, inputs).finalState)(cell.bias, upstream);
      expect([...byBias.dataSync()].every(Number.isNaN)).toBe(true);
    });
    dispose();
  });
});
