export type { Activation, ActivationName } from './activation.js';
export { BasicLSTMCell, type BasicLSTMCellOptions } from './cells/basic-lstm-cell.js';
export { BasicRNNCell, type BasicRNNCellOptions } from './cells/basic-rnn-cell.js';
export { type BasicRNNParameters, basicRNNStep } from './cells/basic-rnn-step.js';
export { GRUCell, type GRUCellOptions } from './cells/gru-cell.js';
export {
  type Affine,
  type GRUParameters,
  gruStep,
  type ResetAfterGRUParameters,
  resetAfterGRUStep,
} from './cells/gru-step.js';
export {
  LayerNormBasicLSTMCell,
  type LayerNormBasicLSTMCellOptions,
} from './cells/layer-norm-basic-lstm-cell.js';
export {
  type LayerNormLSTMParameters,
  layerNormLSTMStep,
  type Norm,
  type NormName,
} from './cells/layer-norm-lstm-step.js';
export { LSTMCell, type LSTMCellOptions } from './cells/lstm-cell.js';
export type { LSTMStateSize, LSTMStateTuple } from './cells/lstm-state-tuple.js';
export { type LSTMParameters, lstmStep } from './cells/lstm-step.js';
export { MultiRNNCell, type StackedState } from './cells/multi-rnn-cell.js';
export { ShapeError } from './checks/shape-error.js';
export { ConversionError } from './convert/conversion-error.js';
export { type CellOfType, createCell } from './convert/create-cell.js';
export { fromKeras } from './convert/from-keras.js';
export { fromONNX } from './convert/from-onnx.js';
export { fromPyTorch, type FromPyTorchOptions } from './convert/from-pytorch.js';
export type { KerasConfig, KerasKinds, KerasLayer, KerasLayerType } from './convert/keras-layer.js';
export type { LayerKind } from './convert/layer.js';
export type { ONNXAttributes, ONNXNode } from './convert/onnx-node.js';
export type {
  AnyPlainCell,
  CellOfKind,
  CellOptions,
  CellTarget,
  CellType,
  PlainCell,
  PlainCells,
} from './convert/plain-cell.js';
export type { PlainTensor, PlainTensors } from './convert/plain-tensor.js';
export type { PyTorchModule } from './convert/pytorch-module.js';
export { readWeights } from './convert/read-weights.js';
export { toKeras } from './convert/to-keras.js';
export { toONNX } from './convert/to-onnx.js';
export { toPyTorch, type ToPyTorchOptions } from './convert/to-pytorch.js';
export { constantInitializer, onesInitializer } from './initializers/constant-initializer.js';
export { glorotUniform, type GlorotUniformOptions } from './initializers/glorot-uniform.js';
export type { Initializer } from './initializers/initializer.js';
export { orthogonal, type OrthogonalOptions } from './initializers/orthogonal.js';
export {
  randomNormalInitializer,
  type RandomNormalOptions,
  randomUniformInitializer,
  type RandomUniformOptions,
} from './initializers/random-initializer.js';
export { zerosInitializer } from './initializers/zeros-initializer.js';
export {
  BasicRNNSequence,
  type BasicRNNSequenceAttrs,
  BasicRNNSequenceGrad,
  type BasicRNNSequenceGradInputs,
  type BasicRNNSequenceInputs,
} from './kernels/basic-rnn-sequence.js';
export {
  GRUSequence,
  type GRUSequenceAttrs,
  GRUSequenceGrad,
  type GRUSequenceGradInputs,
  type GRUSequenceInputs,
  ResetAfterGRUSequence,
  ResetAfterGRUSequenceGrad,
  type ResetAfterGRUSequenceGradInputs,
  type ResetAfterGRUSequenceInputs,
} from './kernels/gru-sequence.js';
export {
  LSTMSequence,
  type LSTMSequenceAttrs,
  LSTMSequenceGrad,
  type LSTMSequenceGradInputs,
  type LSTMSequenceInputs,
} from './kernels/lstm-sequence.js';
export type {
  SequenceAttrs,
  SequenceGradInputs,
  SequenceInputs,
} from './kernels/sequence-attrs.js';
export type { RNNResult } from './kernels/sequence-kernel.js';
export {
  bidirectionalDynamicRNN,
  type BidirectionalDynamicRNNOptions,
  type BidirectionalResult,
} from './loops/bidirectional-dynamic-rnn.js';
export { dynamicRNN, type DynamicRNNOptions } from './loops/dynamic-rnn.js';
export {
  rawRNN,
  type RawRNNAnswer,
  type RawRNNMoment,
  type RawRNNResult,
} from './loops/raw-rnn.js';
export type { SequenceLength } from './loops/sequence-length.js';
export {
  stackBidirectionalDynamicRNN,
  type StackBidirectionalDynamicRNNOptions,
  type StackBidirectionalResult,
} from './loops/stack-bidirectional-dynamic-rnn.js';
export {
  staticBidirectionalRNN,
  type StaticBidirectionalResult,
  type StaticBidirectionalRNNOptions,
} from './loops/static-bidirectional-rnn.js';
export { staticRNN, type StaticRNNOptions, type StaticRNNResult } from './loops/static-rnn.js';
export type { RNNCell, StateSize } from './rnn-cell.js';
export { encodeSafetensors } from './safetensors/encode-safetensors.js';
export { parseSafetensors } from './safetensors/parse-safetensors.js';
export { MAX_SAFETENSORS_HEADER_BYTES, type Safetensors } from './safetensors/safetensors.js';
export { SafetensorsError } from './safetensors/safetensors-error.js';
export { getWeights, setWeights, type WeightsOptions, type WeightValues } from './weights.js';
export { DropoutWrapper, type DropoutWrapperOptions } from './wrappers/dropout-wrapper.js';
export { ResidualWrapper, type ResidualWrapperOptions } from './wrappers/residual-wrapper.js';
