import { cast, reshape, type Tensor } from '@tensorflow/tfjs-core';
import { layers, sequential } from '@tensorflow/tfjs'; // layers alone lack the chained ops that they use
import { RowClassifier } from '@unroll/models';
import { adam, trainStep } from '@unroll/trainer';

/** Something that does one training step on a batch of images. */
export interface Contender {
  readonly name: string;
  readonly backend: 'cpu' | 'wasm';
  /** Whether the kernels of `@unroll/rnn-kernels` are there while it runs. */
  readonly fused: boolean;
  start(depth: number): { step(batch: Batch): Promise<void>; dispose(): void };
}

export interface Batch {
  readonly images: Tensor;
  readonly labels: Tensor;
}

const units = 31;

function ours(name: string, backend: 'cpu' | 'wasm', fused: boolean): Contender {
  return {
    name,
    backend,
    fused,
    start(depth) {
      const model = new RowClassifier({ cell: 'basic-rnn', layers: depth, units, seed: 1 });
      const optimizer = adam();
      const { variables } = model;
      return {
        async step(batch) {
          const evaluate = () => model.evaluate(batch);
          const { loss, metrics } = trainStep({ variables, optimizer, evaluate });
          await loss.data();
          loss.dispose();
          metrics?.['accuracy']?.dispose();
        },
        dispose() {
          model.dispose();
          optimizer.dispose();
        },
      };
    },
  };
}

/** The same model in tf.layers, which is what TensorFlow.js's users have without us. */
function tfLayers(backend: 'cpu' | 'wasm'): Contender {
  return {
    name: `tf.layers, ${backend}`,
    backend,
    fused: false,
    start(depth) {
      const model = sequential();
      for (let layer = 0; layer < depth; layer++) {
        model.add(
          layers.simpleRNN({
            units,
            returnSequences: layer < depth - 1,
            ...(layer === 0 ? { inputShape: [28, 28] } : {}),
          }),
        );
      }
      model.add(layers.dense({ units: 10, activation: 'softmax' }));
      model.compile({
        optimizer: 'adam',
        loss: 'sparseCategoricalCrossentropy',
        metrics: ['accuracy'],
      });
      return {
        async step({ images, labels }) {
          const x = reshape(images, [-1, 28, 28]);
          const y = cast(labels, 'float32');
          await model.trainOnBatch(x, y);
          x.dispose();
          y.dispose();
        },
        dispose() {
          model.dispose();
        },
      };
    },
  };
}

export const contenders: readonly Contender[] = [
  ours('Unroll, cpu, fused', 'cpu', true),
  ours('Unroll, cpu, composed', 'cpu', false),
  ours('Unroll, wasm, composed', 'wasm', false),
  tfLayers('cpu'),
  tfLayers('wasm'),
];
