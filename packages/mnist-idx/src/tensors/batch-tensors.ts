import { mul, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { Batch, BatchOptions, DataSet } from '../data-set.js';
import { floatTensor } from './float-tensor.js';
import { type BatchTensors, labelTensor, toTensors } from './to-tensors.js';

/** A data set whose images are floats. */
export type FloatDataSet = DataSet<'float32', boolean>;

/** Options of {@link nextTensors}. */
export interface NextTensorsOptions {
  /** As of `nextBatch`. Default: true. */
  readonly shuffle?: boolean;
}

/**
 * `toTensors(dataSet.nextBatch(batchSize))`, and faster: where the backend has a heap, as wasm's
 * does, pixels are written there as they are, and scaled by the backend.
 *
 * The caller owns both tensors, or the `tidy` around the call does.
 *
 * @throws RangeError as `nextBatch` does; Error as TensorFlow.js does when no backend is there
 */
export function nextTensors(
  dataSet: FloatDataSet,
  batchSize: number,
  options: NextTensorsOptions = {},
): BatchTensors {
  const isSize = Number.isInteger(batchSize) && batchSize >= 1 && batchSize <= dataSet.numExamples;
  return tidy(() =>
    make(dataSet, isSize ? batchSize : 0, (target) =>
      dataSet.nextBatch(batchSize, { ...options, ...target }),
    ),
  );
}

/**
 * `toTensors(dataSet.batch(start, end))`: the examples from `start` up to `end` in the order of the
 * file; as fast as {@link nextTensors}, and as much the caller's.
 *
 * @throws RangeError as `batch` does; Error as TensorFlow.js does when no backend is there
 */
export function batchTensors(dataSet: FloatDataSet, start: number, end: number): BatchTensors {
  const isRange = start >= 0 && end <= dataSet.numExamples && Number.isInteger(end - start);
  return tidy(() =>
    make(dataSet, isRange ? Math.max(end - start, 0) : 0, (target) =>
      dataSet.batch(start, end, target),
    ),
  );
}

/** @param count - how many examples, or 0 where the batch will be refused, or has none */
function make(
  dataSet: FloatDataSet,
  count: number,
  draw: (options: BatchOptions<'float32'>) => Batch<'float32'>,
): { images: Tensor; labels: Tensor } {
  const bytes = count > 0 ? floatTensor([count, ...dataSet.imageShape]) : undefined;
  if (bytes === undefined) return { ...toTensors(draw({})) };
  const { labels } = draw({ into: { images: bytes.memory }, scale: false });
  // What follows may move the heap: from here on `memory` is not to be written to.
  return { images: mul(bytes.tensor, UNIT), labels: labelTensor(labels) };
}

/** A byte's share of 1. The backend's product is rounded once, as that of `scaleImages` is. */
const UNIT = Math.fround(1 / 255);
