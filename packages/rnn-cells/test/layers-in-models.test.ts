import '@tensorflow/tfjs'; // gradients, and the chained ops that tf.layers needs
import {
  dispose,
  memory,
  ones,
  randomNormal,
  reshape,
  slice,
  type Tensor,
  tensor2d,
  tensor3d,
  type Tensor3D,
  tidy,
  train,
} from '@tensorflow/tfjs-core';
import { input, layers, model as modelOf, sequential } from '@tensorflow/tfjs-layers';
import { expectClose, expectNoLeak } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import {
  BasicLSTMCell,
  BasicRNNCell,
  bidirectionalDynamicRNN,
  DropoutWrapper,
  dynamicRNN,
  GRUCell,
  glorotUniform,
  type LSTMStateTuple,
  MultiRNNCell,
  type RNNCell,
} from '../src/index.js';
import { type CellConfig, rnnLayer } from '../src/layers.js';

const gru: CellConfig = { type: 'GRUCell', units: 2 };

/** Sequences of zeros and ones that are labelled by their first step. */
function firstSteps(): { x: Tensor3D; y: Tensor } {
  const x = tensor3d(
    Array.from({ length: 16 }, (_, n) => [3, 2, 1, 0].map((bit) => [(n >> bit) & 1])),
  );
  return { x, y: tidy(() => reshape(slice(x, [0, 0, 0], [16, 1, 1]), [16, 1])) };
}

describe('a model with rnnLayer', () => {
  test('learns, evaluates and predicts, and frees all when it is disposed', async () => {
    await expectNoLeak(async () => {
      const kernelInitializer = glorotUniform({ seed: 3 });
      const cell: CellConfig = { type: 'BasicLSTMCell', units: 4, kernelInitializer };
      const model = sequential();
      model.add(rnnLayer({ cell, inputShape: [4, 1] }));
      model.add(layers.dense({ units: 1, activation: 'sigmoid', kernelInitializer: 'zeros' }));
      const optimizer = train.adam(0.1);
      model.compile({ optimizer, loss: 'binaryCrossentropy', metrics: ['accuracy'] });
      const { x, y } = firstSteps();
      const { history } = await model.fit(x, y, { epochs: 30, shuffle: false });
      const losses = history['loss'] as number[];
      expect(losses[0]).toBeCloseTo(Math.log(2), 5);
      expect(losses.at(-1)).toBeLessThan(0.1);
      const [loss, accuracy] = model.evaluate(x, y) as [Tensor, Tensor];
      expect(loss.dataSync()[0]).toBeLessThan(0.1);
      expect(accuracy.dataSync()[0]).toBe(1);
      const predicted = model.predict(x) as Tensor;
      expect([...predicted.dataSync()].map(Math.round)).toEqual([...y.dataSync()]);
      dispose([x, y, loss, accuracy, predicted]);
      model.dispose();
      optimizer.dispose();
    });
  });

  test('holds as many tensors after ten more epochs', async () => {
    const model = sequential();
    model.add(layers.masking({ inputShape: [4, 1], maskValue: -1 }));
    model.add(rnnLayer({ cell: gru, returnSequences: true }));
    model.add(rnnLayer({ cell: { type: 'LSTMCell', units: 3 }, goBackwards: true }));
    model.add(layers.dense({ units: 1 }));
    model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
    const { x, y } = firstSteps();
    const fit = (epochs: number) => model.fit(x, y, { epochs, batchSize: 5 });
    await fit(1);
    const { numTensors } = memory();
    await fit(10);
    expect(memory().numTensors).toBe(numTensors);
    model.dispose();
    dispose([x, y]);
  });

  test('takes the mask of a masking layer, or of an embedding, for lengths', () => {
    tidy(() => {
      const masked = sequential();
      masked.add(layers.masking({ inputShape: [3, 2] }));
      const first = rnnLayer({ cell: gru, returnSequences: true });
      const second = rnnLayer({ cell: gru });
      masked.add(first);
      masked.add(second);
      const x = tensor3d([
        [
          [1, 2],
          [3, 4],
          [5, 6],
        ],
        [
          [7, 8],
          [0, 0],
          [0, 0],
        ],
        [
          [0, 9],
          [9, 0],
          [0, 0],
        ],
      ]);
      const sequenceLength = [3, 1, 2];
      const { outputs } = dynamicRNN(first.cell!, x, { sequenceLength });
      const { finalState } = dynamicRNN(second.cell!, outputs, { sequenceLength });
      expectClose(masked.predict(x) as Tensor, numbers(finalState as Tensor), 0);
      masked.dispose();

      const embedded = sequential();
      const embedding = layers.embedding({
        inputDim: 5,
        outputDim: 2,
        maskZero: true,
        inputLength: 3,
      });
      embedded.add(embedding);
      const layer = rnnLayer({ cell: gru });
      embedded.add(layer);
      const ids = tensor2d([
        [1, 2, 3],
        [4, 0, 0],
        [4, 1, 0],
      ]);
      const vectors = embedding.apply(ids) as Tensor3D;
      const expected = dynamicRNN(layer.cell!, vectors, { sequenceLength }).finalState as Tensor;
      expectClose(embedded.predict(ids) as Tensor, numbers(expected), 0);
      embedded.dispose();
    });
  });

  test('lets a mask end where the sequence ends, and not reach a decoder', () => {
    tidy(() => {
      const model = sequential();
      const encoder = rnnLayer({ cell: gru });
      const decoder = rnnLayer({ cell: gru, returnSequences: true });
      model.add(layers.masking({ inputShape: [3, 1] }));
      model.add(encoder);
      model.add(layers.repeatVector({ n: 3 }));
      model.add(decoder);
      const x = tensor3d([[[1], [0], [0]]]);
      const code = dynamicRNN(encoder.cell!, x, { sequenceLength: [1] }).finalState as Tensor;
      const repeated = layers.repeatVector({ n: 3 }).apply(code) as Tensor3D;
      const { outputs } = dynamicRNN(decoder.cell!, repeated);
      expectClose(model.predict(x) as Tensor, numbers(outputs), 0);
      model.dispose();
    });
  });

  test('passes states from an encoder to a decoder', async () => {
    await expectNoLeak(async () => {
      const cell: CellConfig = { type: 'LSTMCell', units: 3, projectionSize: 2 };
      const source = input({ shape: [null, 2] });
      const target = input({ shape: [null, 1] });
      const encoder = rnnLayer({ cell, returnState: true });
      const [, ...state] = encoder.apply(source) as never[];
      const decoder = rnnLayer({ cell, returnSequences: true });
      const decoded = decoder.apply(target, { initialState: state }) as never;
      // Another layer after one with a state: models pass one object to all.
      const last = rnnLayer({ cell: gru });
      const outputs = last.apply(decoded) as never;
      const model = modelOf({ inputs: [source, target], outputs });
      model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
      const [x, y, z] = [ones([2, 4, 2]), ones([2, 3, 1]), ones([2, 2])] as [
        Tensor3D,
        Tensor3D,
        Tensor,
      ];
      tidy(() => {
        const { finalState } = dynamicRNN(encoder.cell!, x);
        const initialState = finalState as LSTMStateTuple;
        const sequence = dynamicRNN(decoder.cell as RNNCell<LSTMStateTuple>, y, { initialState });
        const expected = dynamicRNN(last.cell!, sequence.outputs).finalState as Tensor;
        expectClose(model.predict([x, y]) as Tensor, numbers(expected), 0);
      });
      await model.fit([x, y], z, { epochs: 1 });
      model.dispose();
      dispose([x, y, z]);
    });
  });

  test('uses one layer in two places with one set of weights', () => {
    tidy(() => {
      const [a, b] = [input({ shape: [2, 3] }), input({ shape: [2, 3] })];
      const layer = rnnLayer({ cell: gru });
      const sides = [layer.apply(a), layer.apply(b)] as never[];
      const model = modelOf({ inputs: [a, b], outputs: layers.add().apply(sides) as never });
      expect(model.weights).toHaveLength(4);
      const x: Tensor3D = randomNormal([2, 2, 3]);
      const once = dynamicRNN(layer.cell!, x).finalState as Tensor;
      expectClose(model.predict([x, x]) as Tensor, numbers(once.mul(2)), 0);
      // A layer counts its places.
      expect(model.dispose().numDisposedVariables).toBe(0);
      expect(layer.dispose().numDisposedVariables).toBe(4);
    });
  });

  test.each([true, false])('changes the weights when trainable is %s', async (trainable) => {
    const model = sequential();
    const layer = rnnLayer({ cell: gru, inputShape: [4, 1] });
    model.add(layer);
    model.add(layers.dense({ units: 1 }));
    layer.trainable = trainable;
    model.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const { x, y } = firstSteps();
    const values = () => layer.cell!.trainableVariables.map((weight) => [...weight.dataSync()]);
    const before = values();
    await model.fit(x, y, { epochs: 1 });
    const changed = values().map((after, i) => after.join() !== before[i]!.join());
    expect(changed).toEqual(before.map(() => trainable));
    model.trainable = false;
    expect(model.trainableWeights).toEqual([]);
    model.dispose();
    dispose([x, y]);
  });

  test('drops while it is fitted, and not when it predicts', () => {
    const dropped: CellConfig = { type: 'DropoutWrapper', cell: gru, outputKeepProb: 0.5 };
    const objects = new MultiRNNCell([
      new DropoutWrapper(new GRUCell({ inputSize: 3, units: 2 }), { outputKeepProb: 0.5 }),
    ]);
    const residual: CellConfig = {
      type: 'ResidualWrapper',
      residual: (_, output) => output,
      cell: dropped,
    };
    for (const cell of [
      dropped,
      { type: 'MultiRNNCell', cells: [dropped] },
      residual,
      objects,
    ] as const) {
      tidy(() => {
        const x: Tensor3D = ones([64, 1, 3]);
        const layer = rnnLayer({ cell });
        const zerosOf = (kwargs: object) => {
          const output = layer.apply(x, kwargs) as Tensor;
          return [...output.dataSync()].filter((value) => value === 0).length;
        };
        expect(zerosOf({})).toBe(0);
        expect(zerosOf({ training: false })).toBe(0);
        const share = zerosOf({ training: true }) / 128;
        expect(share).toBeGreaterThan(0.25);
        expect(share).toBeLessThan(0.75);
        layer.dispose();
      });
    }
  });

  test.each(['concat', 'sum'] as const)(
    'works in both directions, whose outputs are joined by %s',
    async (mergeMode) => {
      await expectNoLeak(() => {
        tidy(() => {
          const model = sequential();
          model.add(layers.masking({ inputShape: [3, 1] }));
          const kernelInitializer = glorotUniform({ seed: 5 });
          const cell: CellConfig = { type: 'BasicLSTMCell', units: 2, kernelInitializer };
          const layer = rnnLayer({ cell, returnSequences: true });
          model.add(layers.bidirectional({ layer: layer as never, mergeMode }));
          const x = tensor3d([
            [[1], [2], [3]],
            [[4], [0], [0]],
          ]);
          // Both copies start from the same seed.
          const one = new BasicLSTMCell({ inputSize: 1, units: 2, kernelInitializer });
          const { outputs } = bidirectionalDynamicRNN(one, one, x, { sequenceLength: [3, 1] });
          const [fw, bw] = outputs;
          const expected = mergeMode === 'sum' ? fw.add(bw) : fw.concat(bw, 2);
          expectClose(model.predict(x) as Tensor, numbers(expected), 0);
          expect(model.dispose().numDisposedVariables).toBe(4);
          one.dispose();
        });
      });
    },
  );

  test('returns the states of both directions', () => {
    tidy(() => {
      const source = input({ shape: [3, 1] });
      const layer = rnnLayer({ cell: { type: 'BasicLSTMCell', units: 2 }, returnState: true });
      const outputs = layers
        .bidirectional({ layer: layer as never, mergeMode: 'concat' })
        .apply(source);
      const model = modelOf({ inputs: source, outputs: outputs as never });
      const results = model.predict(ones([2, 3, 1])) as Tensor[];
      expect(results.map(({ shape }) => shape)).toEqual([
        [2, 4],
        [2, 2],
        [2, 2],
        [2, 2],
        [2, 2],
      ]);
      const [output, , h] = results;
      expectClose(slice(output!, [0, 0], [2, 2]), numbers(h!), 0);
      model.dispose();
    });
  });

  test('takes a cell object, and owns it from then on', () => {
    tidy(() => {
      const cell = new BasicRNNCell({ inputSize: 3, units: 2 });
      const layer = rnnLayer({ cell });
      const x: Tensor3D = ones([1, 2, 3]);
      const { finalState } = dynamicRNN(cell, x);
      expectClose(layer.apply(x) as Tensor, numbers(finalState), 0);
      expect(layer.cell).toBe(cell);
      expect(layer.getWeights()).toEqual([cell.kernel, cell.bias]);
      layer.dispose();
      expect(cell.kernel.isDisposed && cell.bias.isDisposed).toBe(true);
    });
  });
});

function numbers(tensor: Tensor) {
  return { shape: tensor.shape, values: tensor.dataSync() };
}
