export { type CellKind, cellKinds } from './cell-kind.js';
export {
  type LabelledImages,
  RowClassifier,
  rowClassifierDefaults,
  type RowClassifierOptions,
} from './row-classifier.js';
export { tensorBatches, type TensorBatchesOptions } from './tensor-batches.js';
