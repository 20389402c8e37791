export { toTensors, type BatchTensors, type TensorsInput } from './to-tensors.js';
