/*
 * What a user's first training looks like, with @tensorflow/tfjs-core, one backend and our packages
 * alone. Written into a project outside of the workspace by packed-packages.test.ts.
 */
import '@tensorflow/tfjs-backend-cpu';
import {
  add,
  concat,
  matMul,
  memory,
  ones,
  type Rank,
  randomUniform,
  type Tensor1D,
  type Tensor2D,
  type Tensor3D,
  tensor1d,
  tidy,
  variable,
  zeros,
} from '@tensorflow/tfjs-core';
import { encodeIdx, parseIdx } from '@unroll/mnist-idx';
import { BasicRNNCell, dynamicRNN, getWeights } from '@unroll/rnn-cells';
import '@unroll/rnn-kernels/cpu';
import { openLogdir } from '@unroll/tensorboard-writer/node';
import { accuracy, adam, sparseSoftmaxCrossEntropy, train } from '@unroll/trainer';
import '@unroll/trainer/gradients';

// Which half of a sequence is bright? Labels go through an IDX file on the way.
const count = 64;
const bytes = Uint8Array.from({ length: count }, (_, i) => i % 2);
const labels = parseIdx(encodeIdx({ dtype: 'uint8', shape: [count], data: bytes })).data;

function batch(): { x: Tensor3D; y: Tensor1D } {
  return tidy(() => {
    const dark = randomUniform([count, 6, 3], 0, 0.4, 'float32', 1);
    const [first, second] = [ones([1, 3, 3]), zeros([1, 3, 3])];
    const bright = Array.from(labels, (label) =>
      concat(label === 0 ? [first, second] : [second, first], 1),
    );
    return {
      x: add<Tensor3D>(dark, concat(bright, 0)),
      y: tensor1d(Int32Array.from(labels), 'int32'),
    };
  });
}

const cell = new BasicRNNCell({ inputSize: 3, units: 8 });
const kernel = tidy(() => variable<Rank.R2>(randomUniform([8, 2], -0.5, 0.5, 'float32', 2)));
const optimizer = adam({ learningRate: 0.02 });
const writer = await openLogdir('logs/train');
const losses: number[] = [];
const tensors: number[] = [];
let correct = 0;

await train({
  variables: { ...getWeights(cell), 'dense/kernel': kernel },
  optimizer,
  evaluate: ({ x, y }) => {
    const logits = matMul<Tensor2D>(dynamicRNN(cell, x).finalState, kernel);
    return {
      loss: sparseSoftmaxCrossEntropy(y, logits),
      metrics: { accuracy: accuracy(y, logits) },
    };
  },
  trainBatches: {
    length: 400,
    *[Symbol.iterator]() {
      for (let step = 0; step < 400; step++) yield batch();
    },
  },
  epochs: 1,
  callbacks: [
    {
      onBatch({ step, loss, metrics }) {
        writer.scalar('loss', loss, step);
        losses.push(loss);
        tensors.push(memory().numTensors);
        correct = metrics['accuracy'] ?? 0;
      },
      onTrainEnd: () => writer.close(),
    },
  ],
});

console.log(
  JSON.stringify({
    first: losses[0],
    last: losses.at(-1),
    accuracy: correct,
    tensorsAfterStep10: tensors[9],
    tensorsAfterStep400: tensors[399],
  }),
);
