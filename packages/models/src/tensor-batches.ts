import type { DataSet } from '@unroll/mnist-idx/data-sets';
import { batchTensors } from '@unroll/mnist-idx/tensors';
import type { Batches } from '@unroll/trainer';
import type { LabelledImages } from './row-classifier.js';

export interface TensorBatchesOptions {
  /** Examples in a batch, at most as many as there are. */
  readonly batchSize: number;
  /** Whether a last batch that is not full counts. Default false, as in the tutorial. */
  readonly keepLast?: boolean;
}

/**
 * The batches of a data set in file order, as tensors, anew for each walk. Whoever walks owns the
 * tensors.
 *
 * @throws RangeError if the batch size is no whole number from 1, or more than there are examples
 */
export function tensorBatches(
  data: DataSet,
  { batchSize, keepLast = false }: TensorBatchesOptions,
): Batches<LabelledImages> {
  // Asked for here, so that a bad batch size is found before anything is trained.
  data.batches(batchSize);
  const batches = data.numExamples / batchSize;
  const length = keepLast ? Math.ceil(batches) : Math.floor(batches);
  return {
    length,
    *[Symbol.iterator]() {
      for (let i = 0; i < length; i++) {
        const start = i * batchSize;
        yield batchTensors(data, start, Math.min(start + batchSize, data.numExamples));
      }
    },
  };
}
