import { dispose, type TensorContainer, tidy } from '@tensorflow/tfjs-core';
import type { Callback, TrainResult } from './callbacks/callback.js';
import { type Evaluation, ownEvaluation, readEvaluation } from './evaluation.js';
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
 * @throws RangeError if `epochs` is not a whole number from 1, or an epoch has no batch to train on
 * @throws whatever the model, the data or a callback throws; an AggregateError if several did
 */
export async function train<Batch extends TensorContainer>(
  options: TrainOptions<Batch>,
): Promise<TrainResult> {
  const { epochs, callbacks = [] } = options;
  const progress = { step: 0, epochs: 0, interrupted: false };
  const failures: unknown[] = [];
  try {
    await runEpochs(options, progress);
  } catch (error) {
    failures.push(error);
  }
  const end = { ...progress, ...(failures.length > 0 ? { error: failures[0] } : {}) };
  for (const callback of callbacks) {
    try {
      await callback.onTrainEnd?.(end);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 1) throw new AggregateError(failures, String(failures[0]));
  if (failures.length === 1) throw failures[0];
  return { ...progress, interrupted: progress.epochs < epochs };
}

interface Progress {
  step: number;
  epochs: number;
  interrupted: boolean;
}

async function runEpochs<Batch extends TensorContainer>(
  options: TrainOptions<Batch>,
  progress: Progress,
): Promise<void> {
  const { epochs, callbacks = [], trainBatches, testBatches = [], signal } = options;
  if (!Number.isSafeInteger(epochs) || epochs < 1) {
    throw new RangeError(`train: epochs: expected a whole number from 1, got ${epochs}`);
  }
  const begin = { epochs, trainBatches: trainBatches.length, testBatches: testBatches.length };
  for (const callback of callbacks) await callback.onTrainBegin?.(begin);
  for (let epoch = 1; epoch <= epochs; epoch++) {
    if (!signal?.aborted) {
      for (const callback of callbacks) await callback.onEpochBegin?.(epoch);
      await runEpoch(options, progress, epoch);
    }
    if (progress.epochs < epoch) {
      progress.interrupted = true;
      return;
    }
    for (const callback of callbacks) await callback.onEpochEnd?.(epoch);
  }
}

/** Runs the batches of an epoch, training before test; counts the epoch when none is left. */
async function runEpoch<Batch extends TensorContainer>(
  options: TrainOptions<Batch>,
  progress: Progress,
  epoch: number,
): Promise<void> {
  const { trainBatches, testBatches = [], callbacks = [], signal } = options;
  const phases = [
    ['train', trainBatches],
    ['test', testBatches],
  ] as const;
  let turn = performance.now();
  for (const [phase, batches] of phases) {
    let batch = 0;
    let start = performance.now();
    for (const tensors of batches) {
      if (signal?.aborted) {
        dispose(tensors);
        return;
      }
      const numbers = await readEvaluation(evaluateBatch(options, phase, tensors));
      batch += 1;
      if (phase === 'train') progress.step += 1;
      const seconds = (performance.now() - start) / 1000;
      if (performance.now() - turn >= turnEvery) {
        await nextTurn();
        turn = performance.now();
      }
      const result = { phase, epoch, batch, step: progress.step, seconds, ...numbers };
      for (const callback of callbacks) await callback.onBatch?.(result);
      start = performance.now();
    }
    if (phase === 'train' && batch === 0) {
      throw new RangeError(
        `train: trainBatches: expected a batch or more in epoch ${epoch}, got none (they are walked anew in each epoch, which a generator object cannot be)`,
      );
    }
  }
  progress.epochs = epoch;
}

/** A step, or for a test an evaluation; the batch's tensors are disposed after it. */
function evaluateBatch<Batch extends TensorContainer>(
  { variables, optimizer, evaluate }: TrainOptions<Batch>,
  phase: 'test' | 'train',
  batch: Batch,
): Evaluation {
  try {
    if (phase === 'train') {
      return trainStep({ variables, optimizer, evaluate: () => evaluate(batch) });
    }
    return tidy(() => ownEvaluation(evaluate(batch)) as Evaluation & TensorContainer);
  } finally {
    dispose(batch);
  }
}
