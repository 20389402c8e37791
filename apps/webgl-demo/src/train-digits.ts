import type { DataSets } from '@unroll/mnist-idx/data-sets';
import { RowClassifier, rowClassifierDefaults, tensorBatches } from '@unroll/models';
import { adam, train, type TrainResult } from '@unroll/trainer';
import '@unroll/trainer/gradients';
import type { FromWorker } from './messages.js';
import { tellProgress } from './tell-progress.js';

export interface TrainDigitsOptions {
  readonly data: DataSets;
  /** The same seed gives the same first weights. */
  readonly seed: number;
  /** Passes over the training images. */
  readonly epochs: number;
  /** Ends the training after the step that runs. */
  readonly signal: AbortSignal;
  /** Hears of the beginning, of every batch and of every test. */
  readonly post: (message: FromWorker) => void;
}

/** Trains the command line's model with the command line's hyperparameters, and frees it. */
export async function trainDigits({
  data,
  seed,
  epochs,
  signal,
  post,
}: TrainDigitsOptions): Promise<TrainResult> {
  const { batchSize, cell, layers, units, learningRate } = rowClassifierDefaults;
  const trainBatches = tensorBatches(data.train, { batchSize });
  const testBatches = tensorBatches(data.test, { batchSize });
  const model = new RowClassifier({ cell, layers, units, seed });
  const optimizer = adam({ learningRate });
  try {
    post({
      type: 'begin',
      epochs,
      trainBatches: trainBatches.length!,
      testBatches: testBatches.length!,
      model: { cell, layers, units, parameters: model.parameterCount },
    });
    return await train({
      variables: model.variables,
      optimizer,
      evaluate: (batch) => model.evaluate(batch),
      trainBatches,
      testBatches,
      epochs,
      callbacks: [tellProgress(post)],
      signal,
    });
  } finally {
    model.dispose();
    optimizer.dispose();
  }
}
