import '@tensorflow/tfjs'; // gradients, and the chained ops that tf.layers needs
import {
  add,
  dispose,
  io,
  matMul,
  mul,
  ones,
  randomNormal,
  type Tensor,
  type Tensor2D,
  tidy,
  type Variable,
  variable,
  zeros,
} from '@tensorflow/tfjs-core';
import {
  input,
  layers,
  type LayersModel,
  loadLayersModel,
  model as modelOf,
  sequential,
} from '@tensorflow/tfjs-layers';
import { expectNoLeak, expectRefusal } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import { BasicRNNCell, constantInitializer, type RNNCell } from '../src/index.js';
import { type CellConfig, registerCell, rnnLayer } from '../src/layers.js';
import { cellConfigs } from './layers-cells.js';

/** The model as it comes back from what would be in its files. */
async function saveAndLoad(model: LayersModel): Promise<LayersModel> {
  let files = '';
  let weightData: io.WeightData | undefined;
  const handler = io.withSaveHandler((artifacts) => {
    ({ weightData } = artifacts);
    files = JSON.stringify({ ...artifacts, weightData: undefined });
    const modelArtifactsInfo = { dateSaved: new Date(), modelTopologyType: 'JSON' as const };
    return Promise.resolve({ modelArtifactsInfo });
  });
  await model.save(handler);
  const artifacts = { ...(JSON.parse(files) as io.ModelArtifacts), weightData: weightData! };
  return loadLayersModel(io.fromMemory(artifacts));
}

/** Asserts that a model comes back and predicts what it did before, bit for bit. */
async function expectSurvives(model: LayersModel, x: Tensor | Tensor[]): Promise<void> {
  const loaded = await saveAndLoad(model);
  const before = [model.predict(x)].flat();
  const after = [loaded.predict(x)].flat();
  expect(after.map((tensor) => [...tensor.dataSync()])).toEqual(
    before.map((tensor) => [...tensor.dataSync()]),
  );
  expect(loaded.toJSON()).toBe(model.toJSON());
  dispose([...before, ...after]);
  loaded.dispose();
}

/** A cell of somebody else: `h' = x · kernel + decay * h`. */
class DecayCell implements RNNCell<Tensor2D> {
  readonly inputSize: number;
  readonly outputSize: number;
  readonly stateSize: number;
  readonly weights: Readonly<Record<string, Variable>>;
  readonly #decay: number;

  constructor({ inputSize, units, decay }: { inputSize: number; units: number; decay: number }) {
    this.inputSize = inputSize;
    this.outputSize = units;
    this.stateSize = units;
    const kernel = tidy(() => variable(randomNormal([inputSize, units])));
    this.weights = { 'decay_cell/kernel': kernel };
    this.#decay = decay;
  }

  get trainableVariables(): readonly Variable[] {
    return Object.values(this.weights);
  }

  zeroState(batch: number): Tensor2D {
    return zeros([batch, this.outputSize]);
  }

  call(x: Tensor2D, h: Tensor2D): [Tensor2D, Tensor2D] {
    const next = tidy(() =>
      add<Tensor2D>(matMul(x, this.weights['decay_cell/kernel'] as Tensor), mul(h, this.#decay)),
    );
    return [next, next];
  }

  dispose(): void {
    for (const weight of this.trainableVariables) weight.dispose();
  }
}

const decayCell = registerCell(
  'DecayCell',
  (options: { units: number; decay: number; inputSize: number }) => new DecayCell(options),
);

const configs: Readonly<Record<string, CellConfig>> = {
  ...cellConfigs,
  'a registered cell': decayCell({ units: 2, decay: 0.5 }),
  'a stack of registered cells': {
    type: 'MultiRNNCell',
    cells: [decayCell({ units: 2, decay: 0.5 }), decayCell({ units: 4, decay: 0.25 })],
  },
};

describe.each(Object.entries(configs))('a saved model with %s', (_, cell) => {
  test('predicts the same bit for bit, and leaves nothing', async () => {
    await expectNoLeak(async () => {
      const model = sequential();
      model.add(layers.masking({ inputShape: [null as never, 3] }));
      model.add(rnnLayer({ cell, returnSequences: true, name: 'first' }));
      model.add(layers.dense({ units: 3 }));
      model.add(rnnLayer({ cell, goBackwards: true, trainable: false }));
      const x = randomNormal([4, 6, 3]);
      await expectSurvives(model, x);
      x.dispose();
      model.dispose();
    });
  });
});

describe('a saved model', () => {
  const gru: CellConfig = { type: 'GRUCell', units: 2 };

  test('keeps initial states, and layers in both directions', async () => {
    await expectNoLeak(async () => {
      const source = input({ shape: [4, 3] });
      const state = input({ shape: [2] });
      const [outputs, final] = rnnLayer({
        cell: gru,
        returnState: true,
        returnSequences: true,
      }).apply(source, { initialState: [state] }) as never[];
      const both = layers.bidirectional({
        layer: rnnLayer({ cell: gru }) as never,
        mergeMode: 'concat',
      });
      const model = modelOf({
        inputs: [source, state],
        outputs: [both.apply(outputs as never) as never, final as never],
      });
      const inputs = [randomNormal([2, 4, 3]), randomNormal([2, 2])];
      await expectSurvives(model, inputs);
      dispose(inputs);
      model.dispose();
    });
  });

  test('keeps its weights, and not what they began with', async () => {
    const model = sequential();
    const kernelInitializer = constantInitializer(0.5);
    const cell: CellConfig = { type: 'BasicRNNCell', units: 2, kernelInitializer };
    model.add(rnnLayer({ cell, inputShape: [1, 1] }));
    expect([...model.getWeights()[0]!.dataSync()]).toEqual(Array.from({ length: 6 }, () => 0.5));
    model.setWeights([ones([3, 2]), ones([2])]);
    expect(model.toJSON()).not.toContain('initializer');
    const loaded = await saveAndLoad(model);
    expect([...loaded.getWeights()[0]!.dataSync()]).toEqual([1, 1, 1, 1, 1, 1]);
    model.dispose();
    loaded.dispose();
  });

  test('can be trained on', async () => {
    const model = sequential();
    model.add(rnnLayer({ cell: gru, inputShape: [2, 1] }));
    const loaded = await saveAndLoad(model);
    loaded.compile({ optimizer: 'sgd', loss: 'meanSquaredError' });
    const [x, y] = [ones([4, 2, 1]), ones([4, 2])];
    const { history } = await loaded.fit(x, y, { epochs: 3 });
    const losses = history['loss'] as number[];
    expect(losses[2]).toBeLessThan(losses[0]!);
    model.dispose();
    loaded.dispose();
    dispose([x, y]);
  });
});

describe('RNNLayer.getConfig', () => {
  const expectUnsaved = (layer: { getConfig(): unknown }, message: string) =>
    expectRefusal(() => layer.getConfig(), TypeError, message);

  test('refuses a cell object, and functions', () => {
    const cell = new BasicRNNCell({ inputSize: 1, units: 1 });
    expectUnsaved(
      rnnLayer({ cell, name: 'a' }),
      "rnnLayer 'a': expected the cell as data ({ type: 'LSTMCell', ... }) in a layer that is saved or copied, got a cell object, which does not tell its options",
    );
    cell.dispose();
    const expected = 'expected a number, boolean, string, array or object, which can be saved';
    expectUnsaved(
      rnnLayer({ cell: { type: 'GRUCell', units: 1, activation: (x) => x }, name: 'b' }),
      `rnnLayer 'b': cell.activation: ${expected}, got function`,
    );
    const residual = (x: Tensor2D) => x;
    const inner = { type: 'GRUCell', units: 1 } as const;
    const wrapped = { type: 'ResidualWrapper', cell: inner, residual } as const;
    expectUnsaved(
      rnnLayer({ cell: { type: 'MultiRNNCell', cells: [inner, wrapped] }, name: 'c' }),
      `rnnLayer 'c': cell.cells[1].residual: ${expected}, got function`,
    );
  });

  test('refuses text that tf.layers would change', () => {
    const modeCell = registerCell('ModeCell', (options: { mode: string; inputSize: number }) => {
      throw new Error(options.mode);
    });
    const layerOf = (options: { mode: string }) => rnnLayer({ cell: modeCell(options), name: 'd' });
    expect(layerOf({ mode: 'softSign' }).getConfig()).toMatchObject({
      cell: { className: 'ModeCell', mode: 'softSign' },
    });
    const expected = 'expected text that tf.layers saves without changing it, like camelCase';
    expectUnsaved(
      layerOf({ mode: 'SoftSign' }),
      `rnnLayer 'd': cell.mode: ${expected}, got 'SoftSign'`,
    );
    expectUnsaved(
      layerOf({ mode: 'a', snake_case: 1 } as { mode: string }),
      `rnnLayer 'd': cell: ${expected}, got 'snake_case'`,
    );
  });
});
