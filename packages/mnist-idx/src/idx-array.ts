/** The typed array that holds each IDX data type. */
export interface IdxData {
  readonly uint8: Uint8Array;
  readonly int8: Int8Array;
  readonly int16: Int16Array;
  readonly int32: Int32Array;
  readonly float32: Float32Array;
  readonly float64: Float64Array;
}

/** The six data types that an IDX file can hold. */
export type IdxDtype = keyof IdxData;

/** An array of one known data type, such as `IdxArrayOf<'uint8'>`. */
export interface IdxArrayOf<Dtype extends IdxDtype> {
  readonly dtype: Dtype;
  /** Sizes of the dimensions, the slowest first. No dimensions: one number. */
  readonly shape: readonly number[];
  /** The numbers, row-major: as many as the product of `shape`. */
  readonly data: IdxData[Dtype];
}

/** What an IDX file holds. Its `dtype` tells the type of its `data`. */
export type IdxArray = { readonly [Dtype in IdxDtype]: IdxArrayOf<Dtype> }[IdxDtype];
