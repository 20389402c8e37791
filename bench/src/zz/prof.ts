import '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import { RowClassifier } from '@unroll/models';
import { adam, trainStep } from '@unroll/trainer';
import '@unroll/trainer/gradients';
import { ready } from '@unroll/rnn-kernels/wasm';
const [cell, layers, units, threads, wide, steps] = process.argv.slice(2);
tf.enableProdMode();
await tf.setBackend('wasm');
await tf.ready();
await ready({ threads: +threads!, wideVectors: wide === 'wide' });
const B = +(process.env.B ?? 128);
const med = (v: number[]) => v.toSorted((a, b) => a - b)[v.length >> 1]!;
const model = new RowClassifier({ cell: cell as 'gru', layers: +layers!, units: +units!, seed: 1 });
const optimizer = adam({ learningRate: 0.001 });
const im = new Float32Array(B * 784).map(() => Math.random()),
  la = new Int32Array(B).map(() => Math.random() * 10);
const { variables } = model;
const ts: number[] = [];
for (let i = 0; i < +steps!; i++) {
  const t = performance.now();
  const images = tf.tensor(im, [B, 784]),
    labels = tf.tensor(la, [B], 'int32');
  const { loss, metrics } = trainStep({
    variables,
    optimizer,
    evaluate: () => model.evaluate({ images, labels }),
  });
  await Promise.all([loss.data(), metrics!['accuracy']!.data()]);
  tf.dispose([images, labels, loss, metrics!['accuracy']!]);
  ts.push(performance.now() - t);
}
const s = ts.slice(ts.length >> 2);
console.log(
  process.argv.slice(2).join(' '),
  'median',
  med(s).toFixed(3),
  'min',
  Math.min(...s).toFixed(3),
  'q10',
  s.toSorted((a, b) => a - b)[Math.floor(s.length / 10)]!.toFixed(3),
);
