import '@tensorflow/tfjs'; // gradients, and the chained ops that tf.layers needs
import {
  dispose,
  expandDims,
  mul,
  ones,
  randomNormal,
  reverse,
  type Scalar,
  slice,
  squeeze,
  stack,
  sum,
  type Tensor,
  tensor2d,
  type Tensor2D,
  type Tensor3D,
  tidy,
  type Variable,
  variableGrads,
  where,
  zeros,
} from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';
import { expectClose, expectNoLeak, leaves } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import {
  bidirectionalDynamicRNN,
  dynamicRNN,
  type LSTMCellOptions,
  type RNNCell,
} from '../src/index.js';
import { type CellConfig, rnnLayer, type RNNLayer, type RNNLayerOptions } from '../src/layers.js';
import { cellConfigs } from './layers-cells.js';

const batch = 4;
const time = 5;
const lengths = [5, 2, 0, 1];
const kept = lengths.map((length) => Array.from({ length: time }, (_, t) => t < length));

interface Setting {
  readonly inputs: Tensor3D;
  /** As the lengths have it. */
  readonly mask: Tensor2D;
  /** With the weights of all layers. */
  readonly cell: RNNCell<unknown>;
  /** A layer with the same weights. */
  make(options: Partial<RNNLayerOptions>): RNNLayer;
  /** What such a layer gives. */
  apply(options: Partial<RNNLayerOptions>, kwargs?: object): Tensor[];
}

/** Runs a body in tidy, and disposes the layers that it made. */
function withLayers(config: CellConfig, body: (setting: Setting) => void): void {
  const made: RNNLayer[] = [];
  tidy(() => {
    const inputs: Tensor3D = randomNormal([batch, time, 3], 0, 1, 'float32', 7);
    const first = rnnLayer({ cell: config });
    made.push(first);
    first.apply(inputs);
    const weights = first.weights.map(({ shape }, i) =>
      randomNormal(shape as [number], 0.1, 0.4, 'float32', i + 1),
    );
    first.setWeights(weights);
    const make = (options: Partial<RNNLayerOptions>): RNNLayer => {
      const layer = rnnLayer({ cell: config, ...options, weights });
      made.push(layer);
      layer.apply(inputs);
      return layer;
    };
    body({
      inputs,
      mask: tensor2d(kept, [batch, time], 'bool'),
      cell: first.cell!,
      make,
      apply: (options, kwargs) => [make(options).apply(inputs, kwargs) as Tensor | Tensor[]].flat(),
    });
  });
  for (const layer of made) layer.dispose();
}

describe.each(Object.entries(cellConfigs))('rnnLayer of %s', (_, config) => {
  const all = { returnSequences: true, returnState: true } as const;

  test('gives what dynamicRNN gives', () => {
    withLayers(config, ({ inputs, cell, apply }) => {
      expectSame(apply(all), dynamicRNN(cell, inputs));
    });
  });

  test('takes a mask for sequenceLength', () => {
    withLayers(config, ({ inputs, mask, cell, apply }) => {
      expectSame(apply(all, { mask }), dynamicRNN(cell, inputs, { sequenceLength: lengths }));
    });
  });

  test('takes an initial state in the order in which it returns one', () => {
    withLayers(config, ({ inputs, cell, apply }) => {
      const [, ...initialState] = apply(all);
      const { finalState } = dynamicRNN(cell, inputs);
      expectSame(
        apply(all, { initialState }),
        dynamicRNN(cell, inputs, { initialState: finalState }),
      );
    });
  });

  test('walks backwards, each row from its last step, and reverses the outputs', () => {
    withLayers(config, ({ inputs, mask, cell, apply }) => {
      const sequenceLength = lengths;
      const { outputs, finalState } = bidirectionalDynamicRNN(cell, cell, inputs, {
        sequenceLength,
      });
      const expected = { outputs: reverse(outputs[1], 1), finalState: finalState[1] };
      expectSame(apply({ ...all, goBackwards: true }, { mask }), expected);
    });
  });

  test.each([
    ['without a mask', false, false],
    ['with a mask', true, false],
    ['backwards', false, true],
    ['backwards, with a mask', true, true],
  ])('gives each row’s last output, and its gradient, %s', (__, masked, goBackwards) => {
    withLayers(config, ({ inputs, mask, make }) => {
      const kwargs = masked ? { mask } : {};
      const ends = lengths.map((length) => (goBackwards || !masked ? time : length));
      const layer = make({ goBackwards });
      const whole = make({ goBackwards, returnSequences: true });
      const last = () => layer.apply(inputs, kwargs) as Tensor;
      const picked = () => outputsBefore(whole.apply(inputs, kwargs) as Tensor, ends);
      expectClose(last(), numbers(picked()), 0);
      const actual = gradientsOf(layer, last);
      const expected = gradientsOf(whole, picked);
      expect(actual).toHaveLength(layer.weights.length);
      for (const [i, gradient] of actual.entries()) {
        expectClose(gradient, numbers(expected[i]!), 1e-6, `gradient ${i}`);
      }
    });
  });

  test('says the shapes of what it gives, before and after it is built', () => {
    withLayers(config, ({ inputs, apply }) => {
      const expected = apply(all).map(({ shape }) => [null, ...shape.slice(1)]);
      const layer = rnnLayer({ cell: config, ...all });
      expect(layer.computeOutputShape([null, time, 3])).toEqual(expected);
      layer.apply(inputs);
      expect(layer.computeOutputShape([null, time, 3])).toEqual(expected);
      layer.dispose();
      const last = rnnLayer({ cell: config });
      expect(last.computeOutputShape([9, null, 3])).toEqual([9, expected[0]!.at(-1)]);
    });
  });

  test('leaves nothing but its results, and after dispose not even weights', async () => {
    await expectNoLeak(() => {
      const inputs: Tensor3D = ones([batch, time, 3]);
      const mask = tensor2d(kept, [batch, time], 'bool');
      for (const goBackwards of [false, true]) {
        for (const returnSequences of [false, true]) {
          const layer = rnnLayer({ cell: config, goBackwards, returnSequences, returnState: true });
          dispose(layer.apply(inputs, { mask }) as Tensor[]);
          dispose(layer.apply(inputs) as Tensor[]);
          expect(layer.dispose().numDisposedVariables).toBe(layer.weights.length);
        }
      }
      dispose([inputs, mask]);
    });
  });
});

describe('rnnLayer', () => {
  test('gives zeros for a row without steps, whatever its initial state', () => {
    withLayers({ type: 'GRUCell', units: 2 }, ({ mask, apply }) => {
      const initialState = [ones([batch, 2])];
      const [output, state] = apply({ returnState: true }, { mask, initialState });
      expect([...slice(output!, [2, 0], [1, 2]).dataSync()]).toEqual([0, 0]);
      expect([...slice(state!, [2, 0], [1, 2]).dataSync()]).toEqual([1, 1]);
    });
  });

  test('does not read padding', () => {
    withLayers({ type: 'LSTMCell', units: 2 }, ({ inputs, mask, make }) => {
      const layer = make({});
      const padded = where(expandDims(mask, 2), inputs, Number.NaN);
      const run = (x: Tensor) => layer.apply(x, { mask }) as Tensor;
      expectClose(run(padded), numbers(run(inputs)), 0);
      const expected = gradientsOf(layer, () => run(inputs));
      for (const [i, gradient] of gradientsOf(layer, () => run(padded)).entries()) {
        expectClose(gradient, numbers(expected[i]!), 1e-6);
      }
    });
  });

  test('passes its mask on with a sequence, and ends it with a last output', () => {
    withLayers({ type: 'BasicRNNCell', units: 2 }, ({ inputs, mask }) => {
      const cell = { type: 'BasicRNNCell', units: 2 } as const;
      expect(rnnLayer({ cell, returnSequences: true }).computeMask(inputs, [mask])).toBe(mask);
      expect(rnnLayer({ cell, returnSequences: true }).computeMask(inputs)).toBe(null);
      expect(rnnLayer({ cell }).computeMask(inputs, mask)).toBe(null);
    });
  });

  test('has the cell’s variables as weights, in their order and under their paths', () => {
    const layer = rnnLayer({ cell: { type: 'GRUCell', units: 2 }, name: 'encoder' });
    expect(layer.cell).toBe(undefined);
    dispose(layer.apply(zeros([1, 1, 3])) as Tensor);
    expect(layer.weights.map(({ originalName, shape }) => [originalName, shape])).toEqual([
      ['encoder/gru_cell/gates/kernel', [5, 4]],
      ['encoder/gru_cell/gates/bias', [4]],
      ['encoder/gru_cell/candidate/kernel', [5, 2]],
      ['encoder/gru_cell/candidate/bias', [2]],
    ]);
    expect(layer.getWeights()).toEqual(layer.cell?.trainableVariables);
    expect(layer.countParams()).toBe(20 + 4 + 10 + 2);
    expect(layer.trainableWeights).toHaveLength(4);
    layer.trainable = false;
    expect(layer.trainableWeights).toHaveLength(0);
    expect(layer.nonTrainableWeights).toHaveLength(4);
    layer.dispose();
  });

  test('the compiler knows the options of each type of cell', () => {
    const options: LSTMCellOptions = { inputSize: 3, units: 1, name: 'from elsewhere' };
    const described = [
      rnnLayer({ cell: { type: 'LSTMCell', ...options } }),
      rnnLayer({ cell: { type: 'GRUCell', units: 1, resetAfter: true } }),
      // @ts-expect-error An option is misspelt.
      rnnLayer({ cell: { type: 'LSTMCell', units: 1, usePeephole: true } }),
      // @ts-expect-error An option is of another type of cell.
      rnnLayer({ cell: { type: 'GRUCell', units: 1, forgetBias: 1 } }),
      // @ts-expect-error Nobody registered it.
      rnnLayer({ cell: { type: 'NASCell', units: 1 } }),
      // @ts-expect-error It is not stateful.
      rnnLayer({ cell: { type: 'GRUCell', units: 1 }, stateful: false }),
    ];
    expect(described).toHaveLength(6);
  });

  test('gives what tf.layers gives, from the same weights', () => {
    tidy(() => {
      const inputs: Tensor3D = randomNormal([2, 4, 3]);
      const theirs = layers.simpleRNN({ units: 2, recurrentInitializer: 'glorotNormal' });
      const ours = rnnLayer({ cell: { type: 'BasicRNNCell', units: 2 } });
      const expected = theirs.apply(inputs) as Tensor;
      ours.apply(inputs);
      const [kernel, recurrentKernel, bias] = theirs.getWeights() as [Tensor, Tensor, Tensor];
      ours.setWeights([kernel.concat(recurrentKernel, 0), bias]);
      expectClose(ours.apply(inputs) as Tensor, numbers(expected), 1e-6);
      theirs.dispose();
      ours.dispose();
    });
  });
});

/** Asserts that a layer gives what a loop gave. */
function expectSame(
  [outputs, ...state]: Tensor[],
  expected: { readonly outputs: Tensor; readonly finalState: unknown },
): void {
  expectClose(outputs!, numbers(expected.outputs), 0, 'outputs');
  const states = leaves<Tensor>(expected.finalState);
  expect(state).toHaveLength(states.length);
  for (const [i, tensor] of states.entries())
    expectClose(state[i]!, numbers(tensor), 0, `state ${i}`);
}

/** The outputs of each row at the step before an end; zeros for the end 0. */
function outputsBefore(outputs: Tensor, ends: readonly number[]): Tensor {
  const size = outputs.shape.at(-1)!;
  const rows = ends.map((end, row) =>
    end === 0 ? zeros([size]) : squeeze(slice(outputs, [row, end - 1, 0], [1, 1, size]), [0, 1]),
  );
  return stack(rows);
}

/** The gradients by a layer's weights, with an upstream gradient that differs everywhere. */
function gradientsOf(layer: RNNLayer, run: () => Tensor): Tensor[] {
  const weights = layer.getWeights() as Variable[];
  const loss = () => {
    const output = run();
    return sum<Scalar>(mul(output, randomNormal(output.shape, 0, 1, 'float32', 3)));
  };
  const { grads } = variableGrads(loss, weights);
  return weights.map(({ name }) => grads[name]!);
}

function numbers(tensor: Tensor | Variable) {
  return { shape: tensor.shape, values: tensor.dataSync() };
}
