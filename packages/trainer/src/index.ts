export type {
  BatchResult,
  Callback,
  TrainBegin,
  TrainEnd,
  TrainResult,
} from './callbacks/callback.js';
export {
  intervalLog,
  type IntervalLogOptions,
  type IntervalSummary,
} from './callbacks/interval-log.js';
export type { ScalarWriter } from './callbacks/scalar-writer.js';
export type { Evaluation } from './evaluation.js';
export { Accuracy } from './kernels/accuracy.js';
export { ApplyAdam, type ApplyAdamAttrs } from './kernels/apply-adam.js';
export { ApplyRMSProp, type ApplyRMSPropAttrs } from './kernels/apply-rms-prop.js';
export { ClipByGlobalNorm, type ClipByGlobalNormAttrs } from './kernels/clip-by-global-norm.js';
export {
  DenseSoftmaxCrossEntropy,
  type DenseSoftmaxCrossEntropyAttrs,
  DenseSoftmaxCrossEntropyGrad,
} from './kernels/dense-softmax-cross-entropy.js';
export {
  denseSparseSoftmaxCrossEntropy,
  type DenseSparseSoftmaxCrossEntropyOptions,
  type LossAndLogits,
} from './losses/dense-sparse-softmax-cross-entropy.js';
export { sequenceLoss } from './losses/sequence-loss.js';
export { softmaxCrossEntropy } from './losses/softmax-cross-entropy.js';
export { sparseSoftmaxCrossEntropy } from './losses/sparse-softmax-cross-entropy.js';
export { accuracy } from './metrics/accuracy.js';
export { adam, type AdamOptions } from './optimizers/adam.js';
export { clipByGlobalNorm, type ClippedGradients } from './optimizers/clip-by-global-norm.js';
export type { NamedVariables, Optimizer } from './optimizers/optimizer.js';
export { rmsProp, type RMSPropOptions } from './optimizers/rms-prop.js';
export { type Batches, train, type TrainOptions } from './train.js';
export { trainStep, type TrainStepOptions } from './train-step.js';
