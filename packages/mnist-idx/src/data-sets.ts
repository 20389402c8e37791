export { DataSet, type Batch, type BatchesOptions, type NextBatchOptions } from './data-set.js';
export type { DataSetOptions, ImageDtype, LabelDtype } from './data-set-options.js';
export { readDataSets, type DataSets, type ReadDataSetsOptions } from './read-data-sets.js';
