import '@tensorflow/tfjs-backend-cpu';
import {
  type Rank,
  type Tensor,
  variable,
  add,
  clone,
  memory,
  ones,
  tensor2d,
  type Tensor2D,
  tensor3d,
  tidy,
  zeros,
} from '@tensorflow/tfjs-core';
import { expectClose, expectNoLeak } from '@unroll/testing';
import { describe, expect, expectTypeOf, test } from 'vitest';
import {
  BasicRNNCell,
  basicRNNStep,
  DropoutWrapper,
  dynamicRNN,
  getWeights,
  glorotUniform,
  MultiRNNCell,
  type RNNCell,
  staticRNN,
} from '../src/index.js';

describe('BasicRNNCell', () => {
  test('starts with TensorFlow 1’s variables: a joined glorot kernel and a bias of zeros', () => {
    const cell = new BasicRNNCell({ inputSize: 28, units: 31 });
    expect(cell.kernel.shape).toEqual([59, 31]);
    const limit = Math.sqrt(6 / (59 + 31));
    const values = [...cell.kernel.dataSync()];
    expect(Math.max(...values)).toBeLessThan(limit);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(-limit);
    expect(Math.max(...values)).toBeGreaterThan(0.95 * limit);
    expect([...cell.bias.dataSync()]).toEqual(Array.from({ length: 31 }, () => 0));
    cell.dispose();
  });

  test('the same seed gives the same kernel, another another', () => {
    const kernels = [1, 1, 2].map((seed) => {
      const kernelInitializer = glorotUniform({ seed });
      const cell = new BasicRNNCell({ inputSize: 2, units: 3, kernelInitializer });
      const values = [...cell.kernel.dataSync()];
      cell.dispose();
      return values;
    });
    expect(kernels[1]).toEqual(kernels[0]);
    expect(kernels[2]).not.toEqual(kernels[0]);
  });

  test('variables have names of their own that end as in TensorFlow 1', () => {
    const cells = [1, 2].map(() => new BasicRNNCell({ inputSize: 1, units: 1 }));
    const named = new BasicRNNCell({ inputSize: 1, units: 1, name: 'decoder' });
    expect([...cells, named].map(({ kernel, bias }) => [kernel.name, bias.name])).toEqual([
      ['basic_rnn_cell/kernel', 'basic_rnn_cell/bias'],
      ['basic_rnn_cell_1/kernel', 'basic_rnn_cell_1/bias'],
      ['decoder/kernel', 'decoder/bias'],
    ]);
    for (const cell of [...cells, named]) cell.dispose();
  });

  test('one step is act([x, h] · kernel + bias)', () => {
    tidy(() => {
      const kernel = tensor2d([
        [1, 2],
        [3, 4],
        [0.5, 0],
        [0, 0.5],
      ]);
      const result = basicRNNStep(
        { kernel, bias: ones([2]), activation: (x) => x },
        tensor2d([[1, 10]]),
        tensor2d([[2, 4]]),
      );
      expect([...result.dataSync()]).toEqual([1 + 30 + 1 + 1, 2 + 40 + 2 + 1]);
    });
  });

  test('an activation may be any function', () => {
    const cell = new BasicRNNCell({ inputSize: 1, units: 2, activation: (x) => zeros(x.shape) });
    tidy(() => {
      const { outputs } = dynamicRNN(cell, ones([1, 3, 1]));
      expect([...outputs.dataSync()]).toEqual([0, 0, 0, 0, 0, 0]);
    });
    cell.dispose();
  });

  test('its variables are trainable, and a custom cell’s go by their names', () => {
    const cell = new BasicRNNCell({ inputSize: 2, units: 3 });
    expect(cell.trainableVariables.every(({ trainable }) => trainable)).toBe(true);
    const custom = { ...counterOf(), trainableVariables: [cell.bias], call: () => [] as never };
    expect(getWeights(custom, { scope: 'decoder' })).toEqual({
      [`decoder/${cell.bias.name}`]: cell.bias,
    });
    cell.dispose();
  });

  test('disposing frees its variables, and twice is harmless', async () => {
    await expectNoLeak(() => {
      const cell = new BasicRNNCell({ inputSize: 2, units: 3 });
      cell.dispose();
      cell.dispose();
    });
  });
});

describe('MultiRNNCell', () => {
  test('the compiler knows its state as the tuple of its cells’ states', () => {
    const cell = new BasicRNNCell({ inputSize: 2, units: 2 });
    const stack = new MultiRNNCell([cell, new MultiRNNCell([cell])]);
    expectTypeOf(stack.zeroState(1)).toEqualTypeOf<readonly [Tensor2D, readonly [Tensor2D]]>();
    expect(stack.stateSize).toEqual([2, [2]]);
    stack.dispose();
  });

  test('weights go by TensorFlow 1’s paths, shared ones by their first place', () => {
    const shared = new BasicRNNCell({ inputSize: 2, units: 2 });
    const top = new BasicRNNCell({ inputSize: 2, units: 3 });
    const stack = new MultiRNNCell([shared, shared, top]);
    expect(getWeights(stack)).toEqual({
      'rnn/multi_rnn_cell/cell_0/basic_rnn_cell/kernel': shared.kernel,
      'rnn/multi_rnn_cell/cell_0/basic_rnn_cell/bias': shared.bias,
      'rnn/multi_rnn_cell/cell_2/basic_rnn_cell/kernel': top.kernel,
      'rnn/multi_rnn_cell/cell_2/basic_rnn_cell/bias': top.bias,
    });
    expect(Object.keys(getWeights(top, { scope: '' }))).toEqual([
      'basic_rnn_cell/kernel',
      'basic_rnn_cell/bias',
    ]);
    expect(stack.trainableVariables).toEqual([shared.kernel, shared.bias, top.kernel, top.bias]);
    stack.dispose();
    expect(top.kernel.isDisposed && shared.kernel.isDisposed).toBe(true);
  });
});

/** A cell of somebody else: adds its input up in a state with a structure of its own. */
const counter: RNNCell<{ total: Tensor2D; steps: [Tensor2D] }> = {
  inputSize: 1,
  outputSize: 1,
  stateSize: { total: 1, steps: [1] },
  trainableVariables: [],
  zeroState: (batch) => ({ total: zeros([batch, 1]), steps: [zeros([batch, 1])] }),
  call: (input, { total, steps: [steps] }) => {
    const next = add<Tensor2D>(total, input);
    return [clone(next), { total: next, steps: [add(steps, 1)] }];
  },
  dispose: () => {},
};

describe('any object with a cell’s members', () => {
  test('works in every loop and in a stack, whatever its state looks like', async () => {
    await expectNoLeak(() =>
      tidy(() => {
        const inputs = tensor3d([
          [[1], [2], [3]],
          [[4], [5], [6]],
        ]);
        const { outputs, finalState } = dynamicRNN(counter, inputs, { sequenceLength: [2, 3] });
        expect([...outputs.dataSync()]).toEqual([1, 3, 0, 4, 9, 15]);
        expect([...finalState.total.dataSync()]).toEqual([3, 15]);
        expect([...finalState.steps[0].dataSync()]).toEqual([2, 3]);
        const stack = new MultiRNNCell([counter, counter]);
        const twice = dynamicRNN(stack, inputs);
        expect([...twice.outputs.dataSync()]).toEqual([1, 4, 10, 4, 13, 28]);
      }),
    );
  });
});

describe('ownership', () => {
  const lazy: RNNCell<Tensor2D> = { ...counterOf(), call: (input, state) => [input, state] };

  test('what a cell passes on untouched is still the caller’s alone', () => {
    const before = memory().numTensors;
    const input: Tensor2D = ones([2, 1]);
    const initialState: Tensor2D = ones([2, 1]);
    const result = staticRNN(lazy, [input, input], { initialState });
    result.outputs[1]!.dispose();
    expectClose(result.outputs[0]!, { shape: [2, 1], values: [1, 1] }, 0);
    expectClose(result.finalState, { shape: [2, 1], values: [1, 1] }, 0);
    for (const tensor of [...result.outputs, result.finalState]) tensor.dispose();
    expectClose(input, { shape: [2, 1], values: [1, 1] }, 0);
    expectClose(initialState, { shape: [2, 1], values: [1, 1] }, 0);
    input.dispose();
    initialState.dispose();
    expect(memory().numTensors).toBe(before);
  });

  test('so it is in a stack, each state for itself', () => {
    const before = memory().numTensors;
    const inputs = ones<Rank.R3>([2, 3, 1]);
    const stack = new MultiRNNCell([lazy, lazy]);
    const initialState = stack.zeroState(2);
    const { outputs, finalState } = dynamicRNN(stack, inputs, { initialState });
    for (const tensor of [outputs, ...finalState]) tensor.dispose();
    for (const tensor of initialState) expectClose(tensor, { shape: [2, 1], values: [0, 0] }, 0);
    for (const tensor of [inputs, ...initialState]) tensor.dispose();
    expect(memory().numTensors).toBe(before);
  });

  test('one tensor at two places of a state, or a cell’s own variable, is handed out as clones', () => {
    const weight = tidy(() => variable(ones<Rank.R2>([2, 1])));
    const twice: RNNCell<{ a: Tensor2D; b: Tensor2D }> = {
      ...counterOf(),
      stateSize: { a: 1, b: 1 },
      trainableVariables: [weight],
      zeroState: () => ({ a: zeros([2, 1]), b: zeros([2, 1]) }),
      call: (input) => {
        const next = clone(input);
        return [weight, { a: next, b: next }];
      },
    };
    const input: Tensor2D = ones([2, 1]);
    const { outputs, finalState } = staticRNN(twice, [input]);
    finalState.a.dispose();
    outputs[0]!.dispose();
    expectClose(finalState.b, { shape: [2, 1], values: [1, 1] }, 0);
    expectClose(weight, { shape: [2, 1], values: [1, 1] }, 0);
    for (const tensor of [finalState.b, input, weight]) tensor.dispose();
  });

  test('a bare step leaves no tensor but its results', async () => {
    await expectNoLeak(() => {
      const cell = new MultiRNNCell([lazy, new BasicRNNCell({ inputSize: 1, units: 2 })]);
      const dropping = new MultiRNNCell([new DropoutWrapper(lazy, { outputKeepProb: 0.5 }), lazy]);
      const input: Tensor2D = ones([2, 1]);
      for (const stack of [cell, dropping]) {
        const state = stack.zeroState(2);
        const before = memory().numTensors;
        const [output, next] = stack.call(input, state as never);
        const made = new Set(
          [output, ...next].filter((tensor) => !new Set<Tensor>(state).has(tensor)),
        );
        expect(memory().numTensors - before).toBe(made.size);
        for (const tensor of new Set([...made, ...state])) tensor.dispose();
      }
      input.dispose();
      cell.dispose();
    });
  });
});

function counterOf(): Omit<RNNCell<Tensor2D>, 'call' | 'forSequence' | 'weights'> {
  return {
    inputSize: 1,
    outputSize: 1,
    stateSize: 1,
    trainableVariables: [],
    zeroState: (batch) => zeros([batch, 1]),
    dispose: () => {},
  };
}
