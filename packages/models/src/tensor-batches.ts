import type { DataSet } from '@unroll/mnist-idx';
import { toTensors } from '@unroll/mnist-idx/tensors';
import type { Batches } from '@unroll/trainer';
import type { LabelledImages } from './row-classifier.js';

export interface TensorBatchesOptions {
  /** Examples in a batch, at most as many as there are. */
  readonly batchSize: number;
  /** Whether a last batch that is not full counts. Default false, as in the tutorial. */
  readonly keepLast?: boolean;
  /**
   * Bytes that the first walk may keep for later ones, which then only upload: of images all or none, 4 bytes
   * a pixel. Default 0: each walk makes numbers of the file's bytes anew.
   */
  readonly mostKept?: number;
}

/**
 * The batches of a data set in file order, as tensors, anew for each walk. Whoever walks owns the
 * tensors.
 *
 * @throws RangeError if the batch size is no whole number from 1, or more than there are examples
 */
export function tensorBatches(
  data: DataSet,
  { batchSize, keepLast = false, mostKept = 0 }: TensorBatchesOptions,
): Batches<LabelledImages> {
  // Asked for here, so that a bad batch size is found before anything is trained.
  data.batches(batchSize);
  const batches = data.numExamples / batchSize;
  const length = keepLast ? Math.ceil(batches) : Math.floor(batches);
  const kept: Batch[] = [];
  return {
    length,
    *[Symbol.iterator]() {
      if (kept.length === length) {
        for (const batch of kept) yield toTensors(batch);
        return;
      }
      let place = 0;
      for (const batch of data.batches(batchSize, { keepLast })) {
        const fits = length * batch.images.data.byteLength <= mostKept;
        // An earlier walk may have been left before its end.
        if (fits && place === kept.length) kept.push(batch);
        place += 1;
        yield toTensors(batch);
      }
    },
  };
}

type Batch = ReturnType<DataSet['batches']> extends Iterable<infer Item> ? Item : never;
