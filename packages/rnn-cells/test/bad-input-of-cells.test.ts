import '@tensorflow/tfjs-backend-cpu';
import { fill, type Rank, type Tensor2D, tidy, zeros } from '@tensorflow/tfjs-core';
import { expectRefusal } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import {
  BasicLSTMCell,
  BasicRNNCell,
  bidirectionalDynamicRNN,
  GRUCell,
  LayerNormBasicLSTMCell,
  LSTMCell,
  ResidualWrapper,
  ShapeError,
  stackBidirectionalDynamicRNN,
  staticBidirectionalRNN,
} from '../src/index.js';

const classes = { BasicLSTMCell, BasicRNNCell, GRUCell, LayerNormBasicLSTMCell, LSTMCell };
const size = { inputSize: 3, units: 4 };

describe.for(Object.entries(classes))('%s', ([name, Cell]) => {
  test.for([0, 2.5, -1, Number.NaN])('is not made of %d units or inputs', (value) => {
    const message = `expected a whole number from 1, got ${value}`;
    const units = () => new Cell({ inputSize: 3, units: value });
    expectRefusal(units, RangeError, `${name}: units: ${message}`);
    const inputSize = () => new Cell({ inputSize: value, units: 4 });
    expectRefusal(inputSize, RangeError, `${name}: inputSize: ${message}`);
  });

  test('leaves no variable when its last initializer fails', () => {
    let calls = 0;
    const initializer = (shape: [number, ...number[]]) => {
      calls += 1;
      if (shape.length === 1) throw new Error('no more');
      return zeros(shape as [number]);
    };
    const options = { kernelInitializer: initializer, biasInitializer: initializer };
    const make = () =>
      new Cell({ ...size, ...options, ...(name.startsWith('Layer') ? { layerNorm: false } : {}) });
    expectRefusal(make, Error, 'no more');
    expect(calls).toBeGreaterThan(1);
  });
});

describe('an LSTM', () => {
  test.for([
    [
      () => new BasicLSTMCell({ ...size, forgetBias: Number.NaN }),
      'BasicLSTMCell: forgetBias: expected a finite number, got NaN',
    ],
    [
      () => new LSTMCell({ ...size, cellClip: 0 }),
      'LSTMCell: cellClip: expected a finite number above 0, got 0',
    ],
    [
      () => new LSTMCell({ ...size, projectionSize: 0 }),
      'LSTMCell: projectionSize: expected a whole number from 1, got 0',
    ],
    [
      () => new LSTMCell({ ...size, projectionClip: 1 }),
      'LSTMCell: projectionClip: expected a projectionSize with it, got none',
    ],
    [
      () => new LSTMCell({ ...size, projectionSize: 2, projectionClip: -1 }),
      'LSTMCell: projectionClip: expected a finite number above 0, got -1',
    ],
    [
      () => new LayerNormBasicLSTMCell({ ...size, dropoutKeepProb: 0 }),
      'LayerNormBasicLSTMCell: dropoutKeepProb: expected a number in (0, 1], got 0',
    ],
  ] as const)('is not made of what makes no sense (%#)', ([make, message]) => {
    expectRefusal(make, RangeError, message);
  });

  test('refuses a state that is not { c, h } of its sizes', () => {
    const cell = new LSTMCell({ ...size, projectionSize: 2 });
    tidy(() => {
      const [x, c, h]: Tensor2D[] = [zeros([1, 3]), zeros([1, 4]), zeros([1, 2])];
      const call = (state: unknown) => () => cell.call(x!, state as never);
      const where = 'LSTMCell.call: state';
      expectRefusal(
        call([c, h]),
        ShapeError,
        `${where}: expected an object with the keys c, h, got an array of 2`,
      );
      expectRefusal(
        call({ c }),
        ShapeError,
        `${where}: expected an object with the keys c, h, got an object with the keys [c]`,
      );
      expectRefusal(call({ c, h: c }), ShapeError, `${where}.h: expected shape [1, 2], got [1, 4]`);
      expectRefusal(
        call({ c: null, h }),
        TypeError,
        `${where}.c: expected a float32 tensor of shape [1, 4], got null`,
      );
    });
    cell.dispose();
  });
});

describe('ResidualWrapper', () => {
  test('refuses a cell whose sizes differ, and a join of another shape', () => {
    const cell = new GRUCell(size);
    expectRefusal(
      () => new ResidualWrapper(cell),
      ShapeError,
      'ResidualWrapper: cell: expected inputSize and outputSize to be the same, got 3 and 4',
    );
    const wrapper = new ResidualWrapper(cell, { residual: (input) => input });
    tidy(() => {
      const [x, h]: Tensor2D[] = [zeros([1, 3]), zeros([1, 4])];
      expectRefusal(
        () => wrapper.call(x!, h!),
        ShapeError,
        'ResidualWrapper.call: result of residual: expected shape [1, 4], got [1, 3]',
      );
    });
    wrapper.dispose();
  });

  test('joins as it is told to', () => {
    const wrapper = new ResidualWrapper(new GRUCell({ inputSize: 2, units: 2 }), {
      residual: (input) => fill([input.shape[0], 2], 7),
    });
    tidy(() => {
      const [output] = wrapper.call(zeros([1, 2]), wrapper.zeroState(1));
      expect([...output.dataSync()]).toEqual([7, 7]);
    });
    wrapper.dispose();
  });
});

describe('bidirectional loops', () => {
  const cells = () => [new GRUCell(size), new BasicLSTMCell({ inputSize: 2, units: 4 })] as const;

  test('refuse inputs that do not fit the backward cell', () => {
    const [fw, bw] = cells();
    tidy(() => {
      const inputs = zeros<Rank.R3>([2, 5, 3]);
      expectRefusal(
        () => bidirectionalDynamicRNN(fw, bw, inputs),
        ShapeError,
        'bidirectionalDynamicRNN: inputs (by cellBw): expected shape [batch, time, 2], got [2, 5, 3]',
      );
      const step: Tensor2D = zeros([2, 3]);
      expectRefusal(
        () => staticBidirectionalRNN(fw, bw, [step]),
        ShapeError,
        'staticBidirectionalRNN: inputs (by cellBw)[0]: expected shape [batch, 2], got [2, 3]',
      );
    });
    fw.dispose();
    bw.dispose();
  });

  test('refuse a state, and lengths, that do not fit, naming which', () => {
    const fw = new GRUCell(size);
    tidy(() => {
      const inputs = zeros<Rank.R3>([2, 5, 3]);
      const initialStateBw: Tensor2D = zeros([1, 4]);
      expectRefusal(
        () => bidirectionalDynamicRNN(fw, fw, inputs, { initialStateBw }),
        ShapeError,
        'bidirectionalDynamicRNN: initialStateBw: expected shape [2, 4], got [1, 4]',
      );
      expectRefusal(
        () => bidirectionalDynamicRNN(fw, fw, inputs, { sequenceLength: [5, 6] }),
        RangeError,
        'bidirectionalDynamicRNN: sequenceLength[1]: expected a whole number from 0 to 5, got 6',
      );
    });
    fw.dispose();
  });

  test('refuse layers that do not join', () => {
    const fw = new GRUCell(size);
    const name = 'stackBidirectionalDynamicRNN';
    tidy(() => {
      const inputs = zeros<Rank.R3>([2, 5, 3]);
      expectRefusal(
        () => stackBidirectionalDynamicRNN([], [], inputs),
        RangeError,
        `${name}: cellsFw: expected one or more, got an empty array`,
      );
      expectRefusal(
        () => stackBidirectionalDynamicRNN([fw], [fw, fw], inputs),
        ShapeError,
        `${name}: cellsBw: expected 1, one for each forward cell, got 2`,
      );
      expectRefusal(
        () => stackBidirectionalDynamicRNN([fw, fw], [fw, fw], inputs),
        ShapeError,
        `${name}: cellsFw[1]: expected inputSize 8, got 3`,
      );
      expectRefusal(
        () => stackBidirectionalDynamicRNN([fw], [fw], inputs, { initialStatesFw: [] as never }),
        ShapeError,
        `${name}: initialStatesFw: expected 1 states, got 0`,
      );
    });
    fw.dispose();
  });
});
