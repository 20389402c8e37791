export {
  batchTensors,
  type FloatDataSet,
  nextTensors,
  type NextTensorsOptions,
} from './tensors/batch-tensors.js';
export {
  tensorStream,
  type TensorStream,
  type TensorStreamOptions,
} from './tensors/tensor-stream.js';
export { toTensors, type BatchTensors, type TensorsInput } from './tensors/to-tensors.js';
