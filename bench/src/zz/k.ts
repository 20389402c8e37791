import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { RowClassifier } from '@unroll/models';
import { adam, trainStep } from '@unroll/trainer';
import '@unroll/trainer/gradients';
import { ready } from '@unroll/rnn-kernels/wasm';
tf.enableProdMode();
await tf.setBackend('wasm');
await ready({ threads: 2 });
const model = new RowClassifier({ cell: 'basic-rnn', layers: 1, units: 31, seed: 1 });
const optimizer = adam({ learningRate: 0.001 });
const { variables } = model;
const images = tf.randomUniform([128, 784], 0, 1, 'float32', 1),
  labels = tf.randomUniform([128], 0, 10, 'int32', 2);
const p = await tf.profile(() => {
  const { loss, metrics } = trainStep({
    variables,
    optimizer,
    evaluate: () => model.evaluate({ images, labels }),
  });
  return loss;
});
console.log(
  p.kernels
    .map(
      (k) => k.name + ' ' + JSON.stringify(k.inputShapes) + ' -> ' + JSON.stringify(k.outputShapes),
    )
    .join('\n'),
);
