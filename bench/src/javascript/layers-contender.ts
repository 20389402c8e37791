/* tf.layers, which is what users of TensorFlow.js have without us. Variant: the backend. */
import { layers, type Sequential, sequential, train, version_core } from '@tensorflow/tfjs';
import { tensor1d, tensor3d } from '@tensorflow/tfjs-core';
import { classes, type ModelSpec } from '../models.ts';
import type { Task } from '../protocol.ts';
import { type BackendName, useBackend } from './backends.ts';
import { readBatch } from './read-batch.ts';
import { type Contender, serve } from './serve.ts';

const makers = {
  'basic-rnn': layers.simpleRNN,
  'basic-lstm': layers.lstm,
  gru: layers.gru,
} as const;

function buildModel(spec: ModelSpec): Sequential {
  const { bidirectional, cell, inputSize, layers: depth, time, units } = spec;
  const model = sequential();
  for (let layer = 0; layer < depth; layer++) {
    const inputShape = layer === 0 ? { inputShape: [time, inputSize] } : {};
    const rnn = makers[cell]({
      units,
      returnSequences: layer < depth - 1,
      // As TensorFlow 1's cells have it; an orthogonal start takes minutes here.
      recurrentInitializer: 'glorotUniform',
      ...(cell === 'basic-rnn' ? {} : { recurrentActivation: 'sigmoid' as const }),
      ...(cell === 'basic-lstm' ? { unitForgetBias: true } : {}),
      ...(bidirectional ? {} : inputShape),
    });
    model.add(
      bidirectional
        ? layers.bidirectional({ layer: rnn, mergeMode: 'concat', ...inputShape })
        : rnn,
    );
  }
  model.add(layers.dense({ units: classes, activation: 'softmax' }));
  model.compile({
    optimizer: train.adam(0.001),
    loss: 'sparseCategoricalCrossentropy',
    metrics: ['accuracy'],
  });
  return model;
}

async function start(task: Task): Promise<Contender> {
  await useBackend(task.variant as BackendName);
  const { batch, time, inputSize } = task.model;
  const { images, labels } = await readBatch(task);
  const model = buildModel(task.model);
  return {
    versions: { 'TensorFlow.js': version_core },
    async step() {
      const x = tensor3d(images, [batch, time, inputSize]);
      const y = tensor1d(Float32Array.from(labels));
      const [loss] = (await model.trainOnBatch(x, y)) as number[];
      x.dispose();
      y.dispose();
      return loss!;
    },
  };
}

await serve(() => start(JSON.parse(process.argv[2]!) as Task));
