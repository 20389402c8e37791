import type { Tensor } from '@tensorflow/tfjs-core';

/** Makes the first value of a variable. The variable owns the tensor. */
export type Initializer = (shape: [number, ...number[]]) => Tensor;
