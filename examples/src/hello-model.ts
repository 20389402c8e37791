import {
  argMax,
  mul,
  ones,
  oneHot,
  stack,
  type Rank,
  type Tensor2D,
  tensor2d,
  type Tensor3D,
  tidy,
  unstack,
} from '@tensorflow/tfjs-core';
import { type BasicRNNCell, getWeights, staticRNN } from '@unroll/rnn-cells';
import { rmsProp, sequenceLoss, trainStep } from '@unroll/trainer';
import { letters } from './letters.ts';

// ---- hyperparameters ----
export const units = letters.length; // the outputs are the logits of the next letter
const learningRate = 0.01;
const decay = 0.9; // of RMSProp's mean square
const steps = 100;

// ---- data ----
const read = [0, 1, 2, 2]; // h e l l
const next = [1, 2, 2, 3]; // e l l o
const time = read.length;

/** One step of the training. */
export interface HelloStep {
  /** From 1. */
  readonly step: number;
  /** Before the update: cross-entropy in nats, summed over the four letters. */
  readonly loss: number;
  /** After the update: the most likely next letter after each letter of `hell`. */
  readonly prediction: string;
}

/**
 * Trains a cell of as many units as there are letters, whose outputs are taken for logits, to say the
 * next letter after each letter of `hell`: 100 updates by RMSProp, one for each step that is asked for.
 *
 * @param cell - updated in place; the caller goes on owning it
 */
export function* trainHello(cell: BasicRNNCell): Generator<HelloStep, void, undefined> {
  const inputs = tidy(() => unstack(oneHot([read], units, 1, 0, 'float32'), 1) as Tensor2D[]); // 4 times [1, 4]
  const targets = tensor2d([next], [1, time], 'int32');
  const weights = ones<Rank.R2>([1, time]);
  const optimizer = rmsProp({ learningRate, decay });

  const logits = () => tidy(() => stack(staticRNN(cell, inputs).outputs, 1) as Tensor3D); // [1, 4, 4]
  try {
    for (let step = 1; step <= steps; step++) {
      const { loss } = trainStep({
        variables: getWeights(cell),
        optimizer,
        // The tutorial's cost is the sum over the letters. It makes a difference to RMSProp, whose mean
        // square starts at 1: of the mean, 86 seeds in 100 end with ello, of the sum 92.
        evaluate: () => ({ loss: mul(sequenceLoss(logits(), targets, weights), time) }),
      });
      const [cost] = loss.dataSync();
      loss.dispose();
      const classes = tidy(() => argMax(logits(), 2).dataSync());
      yield { step, loss: cost!, prediction: Array.from(classes, (i) => letters[i]).join('') };
    }
  } finally {
    for (const tensor of [...inputs, targets, weights]) tensor.dispose();
    optimizer.dispose();
  }
}
