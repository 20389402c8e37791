import { tensor, type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { IdxArrayOf } from '../idx-array.js';

/** A batch on the backend. */
export interface BatchTensors {
  /** float32, in the shape of the batch's images. */
  readonly images: Tensor;
  /** int32 `[batch]`, or one-hot float32 `[batch, numClasses]`. */
  readonly labels: Tensor;
}

/** What {@link toTensors} takes: a batch, a whole `DataSet`, or a split of `loadMnist`. */
export interface TensorsInput {
  readonly images: IdxArrayOf<'uint8' | 'float32'>;
  readonly labels: IdxArrayOf<'uint8' | 'float32'>;
}

/**
 * Images and labels as tensors: images float32 with the values they have (uint8 ones are not
 * scaled: 0 to 255), labels int32, or float32 where they are one-hot.
 *
 * The caller owns both tensors, or the `tidy` around the call does. They may share memory with the
 * float32 arrays that they were made of (the cpu backend does not copy), so leave those as they are.
 *
 * @throws Error as TensorFlow.js does when no backend is there, or `data` does not fit `shape`
 */
export function toTensors({ images, labels }: TensorsInput): BatchTensors {
  return tidy(() => ({
    images: tensor(images.data, [...images.shape], 'float32'),
    labels: labelTensor(labels),
  }));
}

/** Numbers as int32, or one-hot rows as float32. */
export function labelTensor({ data, shape, dtype }: IdxArrayOf<'uint8' | 'float32'>): Tensor {
  return tensor(data, [...shape], dtype === 'uint8' ? 'int32' : 'float32');
}
