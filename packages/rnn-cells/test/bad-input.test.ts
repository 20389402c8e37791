import '@tensorflow/tfjs-backend-cpu';
import { tensor1d, type Tensor2D, type Tensor3D, tidy, zeros } from '@tensorflow/tfjs-core';
import { expectRefusal } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import {
  type Activation,
  BasicRNNCell,
  dynamicRNN,
  MultiRNNCell,
  setWeights,
  ShapeError,
  staticRNN,
} from '../src/index.js';

/** Runs a test body with a cell `[3] -> [4]` that is disposed after it. */
function withCell(body: (cell: BasicRNNCell) => void): void {
  const cell = new BasicRNNCell({ inputSize: 3, units: 4 });
  try {
    body(cell);
  } finally {
    cell.dispose();
  }
}

describe('BasicRNNCell', () => {
  test.for([
    [{ inputSize: 0, units: 4 }, 'BasicRNNCell: inputSize: expected a whole number from 1, got 0'],
    [{ inputSize: 3, units: 2.5 }, 'BasicRNNCell: units: expected a whole number from 1, got 2.5'],
    [{ inputSize: 3, units: -1 }, 'BasicRNNCell: units: expected a whole number from 1, got -1'],
    [
      { inputSize: 3, units: 4, activation: 'softplus' as Activation },
      "BasicRNNCell: activation: expected 'linear', 'relu', 'sigmoid', 'tanh' or a function, got 'softplus'",
    ],
    [
      { inputSize: 3, units: 4, activation: 'toString' as Activation },
      "BasicRNNCell: activation: expected 'linear', 'relu', 'sigmoid', 'tanh' or a function, got 'toString'",
    ],
  ] as const)('is not made of %o', ([options, message]) => {
    expectRefusal(() => new BasicRNNCell(options), RangeError, message);
  });

  test.for([
    ['', 'an empty string'],
    [null, 'null'],
    [3, 'number'],
  ])('is not made under the name %j', ([name, got]) => {
    expectRefusal(
      () => new BasicRNNCell({ inputSize: 3, units: 4, name: name as string }),
      TypeError,
      `BasicRNNCell: name: expected a string that is not empty, got ${got}`,
    );
  });

  test('is made under a name below, or above, that of another', () => {
    const names = ['encoder', 'encoder/top', 'decoder/top', 'decoder'];
    const cells = names.map((name) => new BasicRNNCell({ inputSize: 1, units: 1, name }));
    expect(cells.map(({ kernel }) => kernel.name)).toEqual(names.map((name) => `${name}/kernel`));
    for (const cell of cells) cell.dispose();
  });

  test('refuses to be called once it is disposed, in a loop too, and in a stack', () => {
    const cell = new BasicRNNCell({ inputSize: 3, units: 4 });
    const stack = new MultiRNNCell([cell]);
    cell.dispose();
    tidy(() => {
      const [x, h]: Tensor2D[] = [zeros([1, 3]), zeros([1, 4])];
      const inputs: Tensor3D = zeros([1, 2, 3]);
      const message = 'expected a cell with its variables, got a disposed one';
      expectRefusal(() => cell.call(x!, h!), TypeError, `BasicRNNCell.call: ${message}`);
      expectRefusal(() => dynamicRNN(cell, inputs), TypeError, `dynamicRNN: cell: ${message}`);
      expectRefusal(() => staticRNN(stack, [x!]), TypeError, `staticRNN: cell: ${message}`);
      expectRefusal(() => setWeights(cell, {}), TypeError, `setWeights: cell: ${message}`);
    });
  });

  test('is not made under a name that is taken, and can be once it is free', () => {
    const first = new BasicRNNCell({ inputSize: 1, units: 1, name: 'encoder' });
    expectRefusal(
      () => new BasicRNNCell({ inputSize: 1, units: 1, name: 'encoder' }),
      RangeError,
      "BasicRNNCell: name: expected one that no variable has yet, got 'encoder' (dispose the other cell, or leave the name out)",
    );
    first.dispose();
    new BasicRNNCell({ inputSize: 1, units: 1, name: 'encoder' }).dispose();
  });

  test('is not made with an initializer of another shape, and leaves no variable', () => {
    expectRefusal(
      () => new BasicRNNCell({ inputSize: 3, units: 4, biasInitializer: () => zeros([3]) }),
      ShapeError,
      'BasicRNNCell: initial value of bias: expected shape [4], got [3]',
    );
  });

  test.for([0, 1.5, Number.NaN])('has no zero state for a batch of %d', (batch) => {
    withCell((cell) =>
      expectRefusal(
        () => cell.zeroState(batch),
        RangeError,
        `BasicRNNCell.zeroState: batch: expected a whole number from 1, got ${batch}`,
      ),
    );
  });

  test.for([
    [[1, 2], [1, 4], ShapeError, 'input: expected shape [batch, 3], got [1, 2]'],
    [[1, 3, 1], [1, 4], ShapeError, 'input: expected shape [batch, 3], got [1, 3, 1]'],
    [[0, 3], [1, 4], ShapeError, 'input: expected shape [batch, 3] with batch from 1, got [0, 3]'],
    [[2, 3], [1, 4], ShapeError, 'state: expected shape [2, 4], got [1, 4]'],
    [[2, 3], [2, 3], ShapeError, 'state: expected shape [2, 4], got [2, 3]'],
  ] as const)('call refuses an input %j with a state %j', ([input, state, kind, message]) => {
    withCell((cell) =>
      tidy(() => {
        const x: Tensor2D = zeros(input as unknown as [number, number]);
        const h: Tensor2D = zeros([...state]);
        expectRefusal(() => cell.call(x, h), kind, `BasicRNNCell.call: ${message}`);
      }),
    );
  });

  test('call refuses what is no tensor, of another dtype, or disposed', () => {
    withCell((cell) => {
      const state: Tensor2D = zeros([1, 4]);
      const expected = 'BasicRNNCell.call: input: expected a float32 tensor of shape [batch, 3]';
      const refuse = (input: unknown, message: string) =>
        expectRefusal(() => cell.call(input as Tensor2D, state), TypeError, message);
      refuse([[1, 2, 3]], `${expected}, got an array of 1`);
      refuse(undefined, `${expected}, got undefined`);
      refuse({ c: 1, h: 2 }, `${expected}, got an object with the keys [c, h]`);
      const integers = zeros([1, 3], 'int32');
      refuse(integers, 'BasicRNNCell.call: input: expected dtype float32, got int32');
      integers.dispose();
      refuse(integers, `${expected}, got a disposed tensor`);
      state.dispose();
    });
  });
});

describe('MultiRNNCell', () => {
  test('is not made of no cells', () => {
    expectRefusal(
      () => new MultiRNNCell([]),
      RangeError,
      'MultiRNNCell: cells: expected one or more, got an empty array',
    );
  });

  test.for([
    [undefined, 'MultiRNNCell: cells: expected an array of cells, got undefined'],
    [[undefined], 'MultiRNNCell: cells[0]: expected a cell, got undefined'],
    [[{}], 'MultiRNNCell: cells[0]: expected a cell, got an object with the keys []'],
  ] as const)('is not made of %j', ([cells, message]) => {
    expectRefusal(() => new MultiRNNCell(cells as never), TypeError, message);
  });

  test('refuses an input of other features, and a batch that is none', () => {
    withCell((cell) => {
      const stack = new MultiRNNCell([cell]);
      tidy(() => {
        const input: Tensor2D = zeros([1, 2]);
        const state = stack.zeroState(1);
        expectRefusal(
          () => stack.call(input, state),
          ShapeError,
          'MultiRNNCell.call: input: expected shape [batch, 3], got [1, 2]',
        );
        expectRefusal(
          () => stack.zeroState(0),
          RangeError,
          'MultiRNNCell.zeroState: batch: expected a whole number from 1, got 0',
        );
      });
    });
  });

  test('is not made of cells that do not join', () => {
    withCell((cell) =>
      expectRefusal(
        () => new MultiRNNCell([cell, cell]),
        ShapeError,
        'MultiRNNCell: cells[1]: expected inputSize 4, the outputSize of the cell below, got 3',
      ),
    );
  });

  test('call refuses a state that is no tuple of as many states', () => {
    withCell((cell) => {
      const stack = new MultiRNNCell([cell]);
      const input: Tensor2D = zeros([1, 3]);
      const state: Tensor2D = zeros([1, 4]);
      expectRefusal(
        () => stack.call(input, state as never),
        ShapeError,
        'MultiRNNCell.call: state: expected a tuple of 1 states, got a tensor of shape [1, 4]',
      );
      expectRefusal(
        () => stack.call(input, [input]),
        ShapeError,
        'MultiRNNCell.call: state[0]: expected shape [1, 4], got [1, 3]',
      );
      input.dispose();
      state.dispose();
    });
  });
});

describe('dynamicRNN', () => {
  const inputs = (): Tensor3D => zeros([2, 5, 3]);

  test.for([
    [[2, 5], 'inputs: expected shape [batch, time, 3], got [2, 5]'],
    [[2, 5, 4], 'inputs: expected shape [batch, time, 3], got [2, 5, 4]'],
    [[2, 0, 3], 'inputs: expected shape [batch, time, 3] with time from 1, got [2, 0, 3]'],
  ] as const)('refuses inputs %j', ([shape, message]) => {
    withCell((cell) =>
      tidy(() => {
        const x: Tensor3D = zeros(shape as unknown as [number, number, number]);
        expectRefusal(() => dynamicRNN(cell, x), ShapeError, `dynamicRNN: ${message}`);
      }),
    );
  });

  test.for([
    [[1, 2, 3], ShapeError, ': expected 2 lengths, one for each row, got 3'],
    [[1, 6], RangeError, '[1]: expected a whole number from 0 to 5, got 6'],
    [[-1, 5], RangeError, '[0]: expected a whole number from 0 to 5, got -1'],
    [[1, 2.5], RangeError, '[1]: expected a whole number from 0 to 5, got 2.5'],
    ['12', TypeError, ': expected an int32 tensor [2] or an array of numbers, got string'],
  ] as const)('refuses lengths %j', ([lengths, kind, message]) => {
    withCell((cell) =>
      tidy(() => {
        const x = inputs();
        const sequenceLength = lengths as readonly number[];
        const run = () => dynamicRNN(cell, x, { sequenceLength });
        expectRefusal(run, kind, `dynamicRNN: sequenceLength${message}`);
      }),
    );
  });

  test('refuses a tensor of lengths with a value outside, another size or dtype', () => {
    withCell((cell) =>
      tidy(() => {
        const x = inputs();
        const refuse = (
          sequenceLength: ReturnType<typeof tensor1d>,
          kind: new (message: string) => Error,
          message: string,
        ) => {
          const run = () => dynamicRNN(cell, x, { sequenceLength });
          expectRefusal(run, kind, `dynamicRNN: sequenceLength${message}`);
        };
        const range = '[1]: expected a whole number from 0 to 5, got 6';
        refuse(tensor1d([1, 6], 'int32'), RangeError, range);
        refuse(tensor1d([1], 'int32'), ShapeError, ': expected shape [2], got [1]');
        refuse(tensor1d([1, 2]), TypeError, ': expected dtype int32, got float32');
      }),
    );
  });

  test('refuses an initial state of another batch', () => {
    withCell((cell) =>
      tidy(() => {
        const x = inputs();
        const initialState: Tensor2D = zeros([1, 4]);
        expectRefusal(
          () => dynamicRNN(cell, x, { initialState }),
          ShapeError,
          'dynamicRNN: initialState: expected shape [2, 4], got [1, 4]',
        );
      }),
    );
  });
});

describe('staticRNN', () => {
  test('refuses lengths past its inputs, and a state of another batch', () => {
    withCell((cell) => {
      tidy(() => {
        const step: Tensor2D = zeros([2, 3]);
        const initialState: Tensor2D = zeros([1, 4]);
        expectRefusal(
          () => staticRNN(cell, [step, step], { sequenceLength: [1, 3] }),
          RangeError,
          'staticRNN: sequenceLength[1]: expected a whole number from 0 to 2, got 3',
        );
        expectRefusal(
          () => staticRNN(cell, [step], { initialState }),
          ShapeError,
          'staticRNN: initialState: expected shape [2, 4], got [1, 4]',
        );
      });
    });
  });

  test('refuses no inputs, and inputs of different batches', () => {
    withCell((cell) =>
      tidy(() => {
        const a: Tensor2D = zeros([2, 3]);
        const b: Tensor2D = zeros([1, 3]);
        expectRefusal(
          () => staticRNN(cell, []),
          RangeError,
          'staticRNN: inputs: expected a tensor for each step, got an empty array',
        );
        expectRefusal(
          () => staticRNN(cell, [a, b]),
          ShapeError,
          'staticRNN: inputs[1]: expected shape [2, 3], got [1, 3]',
        );
      }),
    );
  });
});
