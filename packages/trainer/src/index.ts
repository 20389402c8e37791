export type { BatchResult, Callback, TrainBegin, TrainResult } from './callbacks/callback.js';
export {
  intervalLog,
  type IntervalLogOptions,
  type IntervalSummary,
} from './callbacks/interval-log.js';
export type { ScalarWriter } from './callbacks/scalar-writer.js';
export type { Evaluation } from './evaluation.js';
export { sparseSoftmaxCrossEntropy } from './losses/sparse-softmax-cross-entropy.js';
export { accuracy } from './metrics/accuracy.js';
export { adam, type AdamOptions } from './optimizers/adam.js';
export type { NamedVariables, Optimizer } from './optimizers/optimizer.js';
export { type Batches, train, type TrainOptions } from './train.js';
export { trainStep, type TrainStepOptions } from './train-step.js';
