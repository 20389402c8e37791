import { RowClassifier } from '@unroll/models';
import { expectNoLeak } from '@unroll/testing';
import '@unroll/trainer/gradients';
import { beforeAll, describe, expect, test } from 'vitest';
import { chooseBackend } from '../src/choose-backend.js';
import { modelGraph } from '../src/model-graph.js';

beforeAll(async () => {
  await chooseBackend('cpu', { wideVectors: false });
});

describe('modelGraph', () => {
  test('shows inputs, layers, loss, accuracy, gradients and updates, batches as unknown', () => {
    const model = new RowClassifier({ cell: 'basic-lstm', layers: 2, units: 2, seed: 1 });
    const nodes = modelGraph(model);
    const layer = (i: number): string => `rnn/multi_rnn_cell/cell_${i}`;
    const kernels = nodes
      .filter(({ name, op }) => !name.startsWith('gradients/') && !/Const|Assign|Fill/.test(op))
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('Adam/Variable'));
    expect(kernels).toEqual([
      'images',
      'labels',
      'Reshape',
      `${layer(0)}/basic_lstm_cell/kernel`,
      `${layer(0)}/basic_lstm_cell/bias`,
      `${layer(0)}/LSTMSequence`,
      `${layer(1)}/basic_lstm_cell/kernel`,
      `${layer(1)}/basic_lstm_cell/bias`,
      `${layer(1)}/LSTMSequence`,
      'dense/kernel',
      'dense/bias',
      'DenseSoftmaxCrossEntropy',
      'Accuracy',
      'Adam/ApplyAdam',
    ]);
    const differentiated = nodes
      .map(({ name }) => /^gradients\/(.*)_grad\//.exec(name)?.[1])
      .filter((name) => name !== undefined);
    expect(new Set(differentiated)).toEqual(
      new Set(['DenseSoftmaxCrossEntropy', `${layer(1)}/LSTMSequence`, `${layer(0)}/LSTMSequence`]),
    );
    const shapes = Object.fromEntries(
      nodes.map(({ name, attributes }) => [name, attributes?.['_output_shapes']]),
    );
    expect(shapes).toMatchObject({
      images: [{ shape: [null, 28, 28] }],
      labels: [{ shape: [null] }],
      [`${layer(1)}/LSTMSequence`]: [
        { shape: [null, 28, 2] },
        { shape: [null, 2] },
        { shape: [null, 2] },
      ],
      DenseSoftmaxCrossEntropy: [{ shape: [] }, { shape: [null, 10] }],
      'dense/kernel': [{ shape: [2, 10] }],
    });
    model.dispose();
  });

  test('leaves no tensor, and the model as it was', async () => {
    await expectNoLeak(() => {
      const model = new RowClassifier({ cell: 'gru', layers: 1, units: 3, seed: 1 });
      const weights = () => Object.values(model.variables).map((weight) => weight.arraySync());
      const before = weights();
      modelGraph(model);
      expect(weights()).toEqual(before);
      model.dispose();
    });
  });
});
