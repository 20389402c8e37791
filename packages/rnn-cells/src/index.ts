import './kernels/register-gradients.js';

export type { Activation, ActivationName } from './activation.js';
export { BasicRNNCell, type BasicRNNCellOptions } from './cells/basic-rnn-cell.js';
export { type BasicRNNParameters, basicRNNStep } from './cells/basic-rnn-step.js';
export { MultiRNNCell, type StackedState } from './cells/multi-rnn-cell.js';
export { ShapeError } from './checks/shape-error.js';
export { glorotUniform, type GlorotUniformOptions } from './initializers/glorot-uniform.js';
export type { Initializer } from './initializers/initializer.js';
export { zerosInitializer } from './initializers/zeros-initializer.js';
export {
  BasicRNNSequence,
  type BasicRNNSequenceAttrs,
  BasicRNNSequenceGrad,
  type BasicRNNSequenceGradInputs,
  type BasicRNNSequenceInputs,
} from './kernels/basic-rnn-sequence.js';
export type { RNNResult } from './kernels/sequence-kernel.js';
export { dynamicRNN, type DynamicRNNOptions } from './loops/dynamic-rnn.js';
export type { SequenceLength } from './loops/sequence-length.js';
export { staticRNN, type StaticRNNOptions, type StaticRNNResult } from './loops/static-rnn.js';
export type { RNNCell, StateSize } from './rnn-cell.js';
export { getWeights, setWeights, type WeightsOptions, type WeightValues } from './weights.js';
