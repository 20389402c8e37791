/**
 * What is used of a TensorFlow.js tensor. Any tensor of `@tensorflow/tfjs-core` is one, whichever
 * copy of it made it; this package needs none.
 */
export interface TensorLike {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly isDisposed: boolean;
  /** Whether it outlives the `tidy` that it was made in. */
  kept: boolean;
  dataSync(): unknown;
  data(): Promise<unknown>;
  clone(): TensorLike;
  dispose(): void;
}

/** Whether a value is a tensor. */
export function isTensorLike(value: unknown): value is TensorLike {
  return (
    typeof value === 'object' &&
    value !== null &&
    'dataSync' in value &&
    typeof value.dataSync === 'function' &&
    'isDisposed' in value
  );
}
