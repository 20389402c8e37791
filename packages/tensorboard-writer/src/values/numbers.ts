import type { TensorLike } from './tensor-like.js';

/** Numbers in a row. */
export type NumberArray =
  | readonly number[]
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

/** Numbers with a shape, in row-major order. */
export interface ShapedNumbers {
  readonly data: NumberArray;
  readonly shape: readonly number[];
}

/**
 * Numbers as the methods of a {@link SummaryWriter} take them: in a row, with a shape, or in a
 * TensorFlow.js tensor. A tensor stays the caller's, who may dispose it right after the call.
 */
export type NumbersInput = NumberArray | ShapedNumbers | TensorLike;

/** Numbers that were read: their shape, and whether their type is one of integers. */
export interface Numbers {
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
  readonly integer: boolean;
}
