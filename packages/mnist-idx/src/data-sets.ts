export {
  DataSet,
  type Batch,
  type BatchesOptions,
  type BatchMemory,
  type BatchOptions,
  type NextBatchOptions,
} from './data-set.js';
export type { DataSetOptions, ImageDtype, LabelDtype } from './data-set-options.js';
export type { DataSetState } from './epoch-order.js';
export {
  readDataSets,
  type DataSets,
  type FakeData,
  type ReadDataSetsOptions,
} from './read-data-sets.js';
export { scaleImages, type ScaleImagesOptions } from './scale-images.js';
