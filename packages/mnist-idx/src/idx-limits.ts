/**
 * The most dimensions that an IDX array may have. The format's rank byte goes to 255, but no tool
 * that these arrays come from or go to holds more than numpy's 32 (TensorFlow.js: 6).
 */
export const MAX_RANK = 32;

/**
 * The most numbers that an IDX array may have. The largest file of MNIST's family, EMNIST's
 * training images, has 547 million; and up to here a product of dimensions is exact.
 */
export const MAX_ELEMENTS: number = 2 ** 31 - 1;

/**
 * The most numbers that a file read in slices may have: what is not held at once may be more, but
 * its length in bytes must still be exact.
 */
export const MAX_STREAMED_ELEMENTS: number = 2 ** 50;

/**
 * The most bytes that a gzip stream may inflate to unless the caller says otherwise: 1 GiB. Room
 * for the largest file of MNIST's family, and less than an engine's largest ArrayBuffer. A gzip
 * stream can claim a thousand times its own size, so without a limit 10 MB could take 10 GB.
 */
export const MAX_INFLATED_BYTES: number = 2 ** 30;
