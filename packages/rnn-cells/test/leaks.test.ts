import '@tensorflow/tfjs-backend-cpu';
import {
  memory,
  ones,
  type Rank,
  type Tensor,
  type Tensor2D,
  tensor1d,
  type Variable,
} from '@tensorflow/tfjs-core';
import { leaves } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import {
  BasicLSTMCell,
  BasicRNNCell,
  basicRNNStep,
  bidirectionalDynamicRNN,
  DropoutWrapper,
  dynamicRNN,
  GRUCell,
  gruStep,
  LayerNormBasicLSTMCell,
  layerNormLSTMStep,
  LSTMCell,
  lstmStep,
  MultiRNNCell,
  rawRNN,
  resetAfterGRUStep,
  ResidualWrapper,
  type RNNCell,
  stackBidirectionalDynamicRNN,
  staticBidirectionalRNN,
  staticRNN,
} from '../src/index.js';

const matrix = (rows: number, columns: number): Tensor2D => ones([rows, columns]);
const vector = (size: number) => ones<Rank.R1>([size]);
const affine = (rows: number, columns: number) => ({
  kernel: matrix(rows, columns),
  bias: vector(columns),
});
const activation = (x: Tensor2D): Tensor2D => x;
const norm = () => ({ gamma: vector(2), beta: vector(2) });

/** Asserts that as many tensors are new as the result has, each of which can be disposed by itself. */
function expectOnly(result: unknown, before: number): void {
  const tensors = new Set(leaves<Tensor>(result));
  expect(memory().numTensors - before).toBe(tensors.size);
  for (const tensor of tensors) tensor.dispose();
  expect(memory().numTensors).toBe(before);
}

// Outside of any tidy, so that whatever is left shows.
describe('a step leaves no tensor but its result:', () => {
  const x = matrix(1, 3);
  const h = matrix(1, 2);
  const state = { c: h, h };
  const lstm = { ...affine(5, 8), forgetBias: 1, activation };
  const peepholes = { i: vector(2), f: vector(2), o: vector(2) };
  const all = { ...lstm, peepholes, cellClip: 1, projection: matrix(2, 2), projectionClip: 1 };
  const gates = affine(5, 4);
  const gru = { gates, candidate: affine(5, 2), activation };
  const projections = { inputProjection: affine(3, 2), hiddenProjection: affine(2, 2) };
  const norms = { input: norm(), transform: norm(), forget: norm(), output: norm(), state: norm() };
  const basic = { ...affine(5, 2), activation };

  test.for([
    ['basicRNNStep', () => basicRNNStep(basic, x, h)],
    ['lstmStep', () => lstmStep(lstm, x, state)],
    ['lstmStep with all options', () => lstmStep(all, x, state)],
    ['gruStep', () => gruStep(gru, x, h)],
    ['resetAfterGRUStep', () => resetAfterGRUStep({ gates, ...projections, activation }, x, h)],
    ['layerNormLSTMStep', () => layerNormLSTMStep({ ...lstm, norms }, x, state)],
  ] as const)('%s', ([, step]) => {
    const before = memory().numTensors;
    expectOnly(step(), before);
  });
});

const makers: Readonly<Record<string, () => RNNCell<unknown>>> = {
  BasicRNNCell: () => new BasicRNNCell({ inputSize: 2, units: 2 }),
  BasicLSTMCell: () => new BasicLSTMCell({ inputSize: 2, units: 2 }),
  LSTMCell: () =>
    new LSTMCell({ inputSize: 2, units: 3, usePeepholes: true, cellClip: 1, projectionSize: 2 }),
  GRUCell: () => new GRUCell({ inputSize: 2, units: 2 }),
  'GRUCell, reset after': () => new GRUCell({ inputSize: 2, units: 2, resetAfter: true }),
  LayerNormBasicLSTMCell: () =>
    new LayerNormBasicLSTMCell({ inputSize: 2, units: 2, dropoutKeepProb: 0.5 }),
  MultiRNNCell: () =>
    new MultiRNNCell([
      new GRUCell({ inputSize: 2, units: 3 }),
      new DropoutWrapper(new BasicLSTMCell({ inputSize: 3, units: 2 }), { outputKeepProb: 0.5 }),
    ]),
  ResidualWrapper: () => new ResidualWrapper(new GRUCell({ inputSize: 2, units: 2 })),
  DropoutWrapper: () =>
    new DropoutWrapper(new BasicLSTMCell({ inputSize: 2, units: 2 }), {
      inputKeepProb: 0.5,
      stateKeepProb: 0.5,
      outputKeepProb: 0.5,
      variationalRecurrent: true,
    }),
};

const inputs = ones<Rank.R3>([2, 3, 2]);
const steps: Tensor2D[] = [0, 1, 2].map(() => matrix(2, 2));
const done = tensor1d([1, 1], 'bool');
const going = tensor1d([0, 0], 'bool');
const sequenceLength = [3, 1];

const uses: Readonly<Record<string, (cell: RNNCell<unknown>) => unknown>> = {
  zeroState: (cell) => cell.zeroState(2),
  dynamicRNN: (cell) => dynamicRNN(cell, inputs, { sequenceLength }),
  staticRNN: (cell) => staticRNN(cell, steps, { sequenceLength }),
  bidirectionalDynamicRNN: (cell) =>
    bidirectionalDynamicRNN(cell, cell, inputs, { sequenceLength }),
  staticBidirectionalRNN: (cell) => staticBidirectionalRNN(cell, cell, steps, { sequenceLength }),
  stackBidirectionalDynamicRNN: (cell) => stackBidirectionalDynamicRNN([cell], [cell], inputs),
};

describe.for(Object.entries(makers))('%s', ([, make]) => {
  test.for(Object.entries(uses))('%s leaves no tensor but its results', ([, use]) => {
    const outside = memory().numTensors;
    const cell = make();
    const before = memory().numTensors;
    expectOnly(use(cell), before);
    cell.dispose();
    expect(memory().numTensors).toBe(outside);
  });

  test('call and rawRNN leave no tensor but their results', () => {
    const cell = make();
    const state = cell.zeroState(2);
    const before = memory().numTensors;
    expectOnly(cell.call(steps[0]!, state), before);
    const result = rawRNN(cell, ({ time, state: after }) => ({
      finished: time < 2 ? going : done,
      nextInput: steps[0]!,
      nextState: after ?? state,
    }));
    expectOnly({ outputs: result.outputs, finalState: result.finalState }, before);
    for (const tensor of leaves<Tensor>(state)) tensor.dispose();
    cell.dispose();
    expect(cell.trainableVariables.every((variable: Variable) => variable.isDisposed)).toBe(true);
  });
});
