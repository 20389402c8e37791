import { dispose, type TensorContainer, tidy } from '@tensorflow/tfjs-core';
import type { BatchResult, Callback, TrainResult } from './callbacks/callback.js';
import { type Evaluation, readEvaluation } from './evaluation.js';
import { nextTurn } from './next-turn.js';
import type { NamedVariables, Optimizer } from './optimizers/optimizer.js';
import { trainStep } from './train-step.js';

/** The batches of an epoch, walked anew for each epoch. */
export interface Batches<Batch> extends Iterable<Batch> {
  /** How many there are, for progress. */
  readonly length?: number;
}

export interface TrainOptions<Batch extends TensorContainer> {
  /** What is updated, by the names that checkpoints and slots go by. */
  readonly variables: NamedVariables;
  readonly optimizer: Optimizer;
  /** Computes loss and metrics of a batch from the variables. */
  readonly evaluate: (batch: Batch) => Evaluation;
  /** The loop disposes the tensors of each batch after its step. */
  readonly trainBatches: Batches<Batch>;
  /** Evaluated after the training of each epoch, without updates. Default none. */
  readonly testBatches?: Batches<Batch>;
  /** Passes over `trainBatches`, a whole number from 1. */
  readonly epochs: number;
  /** In the order in which they are called. Default none. */
  readonly callbacks?: readonly Callback[];
  /** Ends the training after the step that runs when it is aborted. */
  readonly signal?: AbortSignal;
}

/** Milliseconds of work after which the loop lets the rest of the program run. */
const turnEvery = 16;

/**
 * Trains: in each epoch a step for every batch of `trainBatches`, then an evaluation of every batch
 * of `testBatches`.
 *
 * However it ends, by the last epoch, the signal or an error, every callback's `onTrainEnd` is called
 * once. Variables and optimizer stay the caller's.
 *
 * @param options - model, data, optimizer, callbacks
 * @returns how far it came
 * @throws RangeError if `epochs` is not a whole number from 1
 * @throws whatever the model, the data or a callback throws; an AggregateError if several did
 */
export async function train<Batch extends TensorContainer>(
  options: TrainOptions<Batch>,
): Promise<TrainResult> {
  const { epochs, callbacks = [] } = options;
  if (!Number.isSafeInteger(epochs) || epochs < 1) {
    throw new RangeError(`train: epochs: expected a whole number from 1, got ${epochs}`);
  }
  const progress = { step: 0, epochs: 0 };
  const failures: unknown[] = [];
  try {
    await runEpochs(options, progress);
  } catch (error) {
    failures.push(error);
  }
  const result = { ...progress, interrupted: progress.epochs < epochs };
  for (const callback of callbacks) {
    try {
      await callback.onTrainEnd?.(result);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 1) throw new AggregateError(failures, String(failures[0]));
  if (failures.length === 1) throw failures[0];
  return result;
}

interface Progress {
  step: number;
  epochs: number;
}

async function runEpochs<Batch extends TensorContainer>(
  options: TrainOptions<Batch>,
  progress: Progress,
): Promise<void> {
  const { epochs, callbacks = [], trainBatches, testBatches, signal } = options;
  const begin = { epochs, trainBatches: trainBatches.length, testBatches: testBatches?.length };
  for (const callback of callbacks) await callback.onTrainBegin?.(begin);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    for (const callback of callbacks) await callback.onEpochBegin?.(epoch);
    for await (const result of runBatches(options, progress, epoch)) {
      for (const callback of callbacks) await callback.onBatch?.(result);
      if (signal?.aborted) return;
    }
    progress.epochs = epoch;
    for (const callback of callbacks) await callback.onEpochEnd?.(epoch);
  }
}

/** Runs the batches of an epoch one by one, training before test. */
async function* runBatches<Batch extends TensorContainer>(
  { variables, optimizer, evaluate, trainBatches, testBatches = [] }: TrainOptions<Batch>,
  progress: Progress,
  epoch: number,
): AsyncGenerator<BatchResult> {
  const phases = [
    ['train', trainBatches],
    ['test', testBatches],
  ] as const;
  let turn = performance.now();
  for (const [phase, batches] of phases) {
    let index = 0;
    let start = performance.now();
    for (const batch of batches) {
      const numbers = await readEvaluation(
        disposing(batch, () =>
          phase === 'train'
            ? trainStep({ variables, optimizer, evaluate: () => evaluate(batch) })
            : tidy(() => evaluate(batch) as Evaluation & TensorContainer),
        ),
      );
      index += 1;
      if (phase === 'train') progress.step += 1;
      const seconds = (performance.now() - start) / 1000;
      if (performance.now() - turn >= turnEvery) {
        await nextTurn();
        turn = performance.now();
      }
      yield { phase, epoch, batch: index, step: progress.step, seconds, ...numbers };
      start = performance.now();
    }
  }
}

/** Runs `body` and disposes the batch's tensors after it. */
function disposing<Result>(batch: TensorContainer, body: () => Result): Result {
  try {
    return body();
  } finally {
    dispose(batch);
  }
}
