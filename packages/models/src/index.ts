export {
  buildLayer,
  type CellKind,
  cellKinds,
  type LayerOptions,
  type LayerState,
  outputOf,
} from './cell-kind.js';
export {
  type LabelledImages,
  RowClassifier,
  rowClassifierDefaults,
  type RowClassifierOptions,
} from './row-classifier.js';
export { tensorBatches, type TensorBatchesOptions } from './tensor-batches.js';
