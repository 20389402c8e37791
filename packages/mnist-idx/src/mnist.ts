import type { IdxArrayOf } from './idx-array.js';

/** Images and their labels, in the order of the files. */
export interface MnistSplit {
  /** Shape `[n, rows, columns]`, 0 is background and 255 is ink. MNIST's are 28 by 28. */
  readonly images: IdxArrayOf<'uint8'>;
  /** Shape `[n]`; MNIST's are the digits 0 to 9. */
  readonly labels: IdxArrayOf<'uint8'>;
}

/** A data set in its two splits. MNIST has 60,000 and 10,000 examples. */
export interface Mnist<Split extends MnistSplit = MnistSplit> {
  readonly train: Split;
  readonly test: Split;
}
