import '@tensorflow/tfjs'; // tf.layers wants its chained operations
import { randomUniform, type Tensor, type Tensor3D } from '@tensorflow/tfjs-core';
import { layers, type Sequential, sequential } from '@tensorflow/tfjs-layers';
import { expectClose, expectRefusal } from '@unroll/testing';
import { describe, expect, test } from 'vitest';
import {
  ConversionError,
  createCell,
  dynamicRNN,
  fromKeras,
  type KerasConfig,
  type KerasLayerType,
  type PlainTensor,
  type RNNCell,
  toKeras,
} from '../src/index.js';

/** A layer as its saved model describes it, with the weights that it holds. */
function describeLayer(model: Sequential): {
  type: KerasLayerType;
  config: KerasConfig;
  weights: Record<string, PlainTensor>;
} {
  const saved = model.toJSON(null, false) as unknown as {
    config: { layers: { class_name: KerasLayerType; config: KerasConfig }[] };
  };
  const { class_name: type, config } = saved.config.layers[0]!;
  const names = ['kernel', 'recurrent_kernel', 'bias'];
  const weights = model
    .getWeights()
    .map((weight, i): [string, PlainTensor] => [
      names[i]!,
      { shape: weight.shape, values: weight.dataSync<'float32'>() },
    ]);
  return { type, config, weights: Object.fromEntries(weights) };
}

const shared = { units: 4, returnSequences: true, inputShape: [5, 3] };
const sigmoid = { recurrentActivation: 'sigmoid' } as const;

describe('tf.layers', () => {
  test.each([
    ['simpleRNN', () => layers.simpleRNN({ ...shared, biasInitializer: 'glorotUniform' as never })],
    ['lstm', () => layers.lstm({ ...shared, ...sigmoid, unitForgetBias: true })],
    ['lstm without a bias', () => layers.lstm({ ...shared, ...sigmoid, useBias: false })],
    ['gru', () => layers.gru({ ...shared, ...sigmoid, activation: 'relu' })],
  ])('%s: cell and layer give the same, and the weights come back', (_, make) => {
    const model = sequential({ layers: [make()] });
    const layer = describeLayer(model);
    const plain = fromKeras(layer);
    const cell = createCell(plain) as RNNCell<unknown>;

    const x: Tensor3D = randomUniform([2, 5, 3], -1, 1, 'float32', 3);
    const expected = model.predict(x) as Tensor;
    const { outputs } = dynamicRNN(cell, x);
    expectClose(outputs, { shape: expected.shape, values: expected.dataSync() }, 1e-5);
    expect(toKeras(plain).weights).toMatchObject(layer.weights);
    model.dispose();
    cell.dispose();
  });

  test('its hard sigmoids, which are its default, are refused', () => {
    const model = sequential({ layers: [layers.lstm(shared)] });
    const layer = describeLayer(model);
    expectRefusal(
      () => fromKeras(layer),
      ConversionError,
      "fromKeras: recurrent_activation: expected 'sigmoid', got 'hard_sigmoid' (gates of cells are sigmoids)",
    );
    model.dispose();
  });
});
