import '@tensorflow/tfjs-backend-cpu';
import { setBackend } from '@tensorflow/tfjs-core';
import { RowClassifier } from '@unroll/models';
import '@unroll/trainer/gradients';
import { describe, expect, test } from 'vitest';
import { modelGraph } from '../src/model-graph.js';

describe('modelGraph on a backend without kernels of ours', () => {
  test('has the same groups on top, and a group for each layer of each step of the loop', async () => {
    await setBackend('cpu');
    const model = new RowClassifier({ cell: 'basic-lstm', layers: 2, units: 2, seed: 1 });
    const names = modelGraph(model).map(({ name }) => name);
    model.dispose();
    expect(new Set(names.map((name) => name.split('/')[0]))).toEqual(
      new Set([
        'images',
        'labels',
        'Reshape',
        'rnn',
        'dense',
        'softmax_cross_entropy',
        'accuracy',
        'gradients',
        'Adam',
      ]),
    );
    const steps = names.flatMap(
      (name) => /^rnn\/(multi_rnn_cell.*)\/MatMul$/.exec(name)?.[1] ?? [],
    );
    expect(steps).toEqual(
      Array.from({ length: 28 }, (_, t) =>
        [0, 1].map((layer) => `multi_rnn_cell${t === 0 ? '' : `_${t}`}/cell_${layer}/lstm_cell`),
      ).flat(),
    );
    expect(names).toContain('gradients/rnn/multi_rnn_cell_27/cell_1/lstm_cell/MatMul_grad/MatMul');
  }, 30_000);
});
