import '@tensorflow/tfjs-core/dist/public/chained_ops/register_all_chained_ops.js';
import '@tensorflow/tfjs-backend-webgl';
import {
  dispose,
  getBackend,
  memory,
  ready,
  setBackend,
  type Tensor,
  tensor3d,
  tidy,
} from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs-layers';
import { expectClose } from '@unroll/testing';
import { expect, test } from 'vitest';
import { dynamicRNN } from '../src/index.js';
import { rnnLayer } from '../src/layers.js';

test('on webgl, a model with rnnLayer takes its mask for lengths, learns, and leaks nothing', async () => {
  await setBackend('webgl');
  await ready();
  expect(getBackend()).toBe('webgl');
  const model = sequential();
  model.add(layers.masking({ inputShape: [3, 1] }));
  const layer = rnnLayer({ cell: { type: 'BasicLSTMCell', units: 2 } });
  model.add(layer);
  const x = tensor3d([
    [[1], [2], [3]],
    [[4], [0], [0]],
  ]);
  const y = tidy(() => {
    const predicted = model.predict(x) as Tensor;
    const { finalState } = dynamicRNN(layer.cell!, x, { sequenceLength: [3, 1] });
    const { h } = finalState as { h: Tensor };
    expectClose(predicted, { shape: h.shape, values: h.dataSync() }, 1e-6);
    return predicted.mul(0.5);
  });
  model.compile({ optimizer: 'adam', loss: 'meanSquaredError' });
  const first = await model.fit(x, y);
  const { numTensors } = memory();
  const { history } = await model.fit(x, y, { epochs: 3 });
  expect(memory().numTensors).toBe(numTensors);
  expect(history['loss']!.at(-1)).toBeLessThan(first.history['loss']![0] as number);
  model.dispose();
  dispose([x, y]);
});
