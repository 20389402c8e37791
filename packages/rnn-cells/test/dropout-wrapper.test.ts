import '@tensorflow/tfjs-backend-cpu';
import { memory, ones, type Tensor2D, type Tensor3D, tidy, zeros } from '@tensorflow/tfjs-core';
import { expectNoLeak, expectRefusal } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import {
  BasicLSTMCell,
  DropoutWrapper,
  type DropoutWrapperOptions,
  dynamicRNN,
  getWeights,
  type LSTMStateTuple,
  MultiRNNCell,
  ResidualWrapper,
  type RNNCell,
  staticRNN,
} from '../src/index.js';

const size = 50;

/** Gives its input as output, and ones as state: what is dropped shows as zeros. */
const pass: RNNCell<LSTMStateTuple> = {
  inputSize: size,
  outputSize: size,
  stateSize: { c: size, h: size },
  trainableVariables: [],
  zeroState: (batch) => ({ c: zeros([batch, size]), h: zeros([batch, size]) }),
  call: (input) => [
    input.clone() as Tensor2D,
    { c: ones([input.shape[0], size]), h: ones([input.shape[0], size]) },
  ],
  dispose: () => {},
};

function outputsOf(
  options: DropoutWrapperOptions,
  wrap = new DropoutWrapper(pass, options),
): number[][][] {
  return tidy(() => dynamicRNN(wrap, ones([2, 3, size]) as Tensor3D).outputs.arraySync());
}

const isZero = (value: number) => value === 0;
const shareOfZeros = (values: number[]) => values.filter(isZero).length / values.length;

describe('DropoutWrapper', () => {
  test.for(['inputKeepProb', 'outputKeepProb'] as const)(
    '%s drops that share, and scales the rest',
    (name) => {
      const values = outputsOf({ [name]: 0.7, seed: 1 }).flat(2);
      expect(new Set(values.map((value) => value.toFixed(4)))).toEqual(
        new Set(['0.0000', '1.4286']),
      );
      expect(Math.abs(shareOfZeros(values) - 0.3)).toBeLessThan(0.1);
    },
  );

  test('input and output are dropped independently of each other', () => {
    const both = outputsOf({ inputKeepProb: 0.5, outputKeepProb: 0.5, seed: 1 }).flat(2);
    expect(Math.abs(shareOfZeros(both) - 0.75)).toBeLessThan(0.1);
    expect(Math.max(...both)).toBe(4);
  });

  test('the state drops h and never c', () => {
    tidy(() => {
      const wrapper = new DropoutWrapper(pass, { stateKeepProb: 0.5, seed: 1 });
      const { outputs, finalState } = dynamicRNN(wrapper, ones([2, 3, size]) as Tensor3D);
      expect([...finalState.c.dataSync()].every((value) => value === 1)).toBe(true);
      expect(Math.abs(shareOfZeros([...finalState.h.dataSync()]) - 0.5)).toBeLessThan(0.2);
      expect([...outputs.dataSync()].every((value) => value === 1)).toBe(true);
    });
  });

  test('the masks differ from step to step and from row to row', () => {
    const [a, b] = outputsOf({ inputKeepProb: 0.5, seed: 1 });
    expect(a![0]).not.toEqual(a![1]);
    expect(a![0]).not.toEqual(b![0]);
  });

  test('variational: one mask for all steps and rows, another for the next sequence', () => {
    const options = { inputKeepProb: 0.5, variationalRecurrent: true, seed: 1 };
    const wrapper = new DropoutWrapper(pass, options);
    const first = outputsOf(options, wrapper);
    const rows = first.flat();
    for (const row of rows) expect(row).toEqual(rows[0]);
    expect(shareOfZeros(rows[0]!)).toBeGreaterThan(0.2);
    expect(outputsOf(options, wrapper)).not.toEqual(first);
  });

  test('variational masks reach a wrapper inside of a stack and of a residual wrapper', () => {
    const options = { inputKeepProb: 0.5, variationalRecurrent: true, seed: 1 };
    const inner = new ResidualWrapper(new DropoutWrapper(pass, options));
    const stack = new MultiRNNCell([inner]);
    tidy(() => {
      const rows = dynamicRNN(stack, ones([2, 3, size]) as Tensor3D)
        .outputs.arraySync()
        .flat();
      for (const row of rows) expect(row).toEqual(rows[0]);
      expect(new Set(rows[0])).toEqual(new Set([1, 3]));
    });
  });

  test('the same seed gives the same masks in every loop', () => {
    for (const variationalRecurrent of [false, true]) {
      const options = { inputKeepProb: 0.5, outputKeepProb: 0.8, variationalRecurrent, seed: 3 };
      expect(outputsOf(options)).toEqual(outputsOf(options));
      expect(outputsOf({ ...options, seed: 4 })).not.toEqual(outputsOf(options));
      tidy(() => {
        const steps = [0, 1, 2].map(() => ones([2, size]) as Tensor2D);
        const { outputs } = staticRNN(new DropoutWrapper(pass, options), steps);
        const unrolled = outputs.map((output) => output.arraySync()[1]);
        expect(unrolled).toEqual(outputsOf(options)[1]);
      });
    }
  });

  test('without a seed the masks are others each time', () => {
    expect(outputsOf({ inputKeepProb: 0.5 })).not.toEqual(outputsOf({ inputKeepProb: 0.5 }));
  });

  test('keeps all by default, shares the cell’s weights, and leaves no tensor', async () => {
    await expectNoLeak(() => {
      const cell = new BasicLSTMCell({ inputSize: 3, units: 4 });
      const wrapper = new DropoutWrapper(cell);
      expect(getWeights(wrapper)).toEqual(getWeights(cell));
      tidy(() => {
        const inputs = ones([2, 3, 3]) as Tensor3D;
        const expected = dynamicRNN(cell, inputs).outputs.arraySync();
        expect(dynamicRNN(wrapper, inputs).outputs.arraySync()).toEqual(expected);
      });
      for (const variationalRecurrent of [false, true]) {
        const options = { inputKeepProb: 0.5, stateKeepProb: 0.5, outputKeepProb: 0.5 };
        const dropping = new DropoutWrapper(cell, { ...options, variationalRecurrent });
        const input = ones([2, 3]) as Tensor2D;
        const state = dropping.zeroState(2);
        const before = memory().numTensors;
        const [output, next] = dropping.call(input, state);
        expect(memory().numTensors - before).toBe(3);
        for (const tensor of [output, next.c, next.h, input, state.c, state.h]) tensor.dispose();
      }
      wrapper.dispose();
    });
  });

  test.for([0, -0.5, 1.1, Number.NaN])('refuses to keep %d', (keepProb) => {
    for (const name of ['inputKeepProb', 'outputKeepProb', 'stateKeepProb']) {
      expectRefusal(
        () => new DropoutWrapper(pass, { [name]: keepProb }),
        RangeError,
        `DropoutWrapper: ${name}: expected a number in (0, 1], got ${keepProb}`,
      );
    }
  });
});
