import type { IdxArrayOf } from './idx-array.js';
import type { RowCodec } from './row-codec.js';

/** The images or the labels of a data set: bytes as the file has them, made into batches on demand. */
export class Rows<Dtype extends 'uint8' | 'float32'> {
  readonly #bytes: Uint8Array;
  readonly #count: number;
  readonly #codec: RowCodec<Dtype>;
  #all: IdxArrayOf<Dtype> | undefined;

  constructor(bytes: Uint8Array, count: number, codec: RowCodec<Dtype>) {
    this.#bytes = bytes;
    this.#count = count;
    this.#codec = codec;
  }

  /** All rows in the order of the file. Made when first asked for, and kept. */
  get all(): IdxArrayOf<Dtype> {
    this.#all ??= this.#view() ?? this.range(0, this.#count);
    return this.#all;
  }

  /** A copy of the rows from `start` up to `end`. */
  range(start: number, end: number): IdxArrayOf<Dtype> {
    const { bytes } = this.#codec;
    return this.#make(end - start, (data) => {
      this.#codec.write(this.#bytes.subarray(start * bytes, end * bytes), data, 0);
    });
  }

  /** A copy of the rows of these numbers, in this order. */
  pick(rows: Uint32Array): IdxArrayOf<Dtype> {
    const { bytes, size } = this.#codec;
    return this.#make(rows.length, (data) => {
      for (const [at, row] of rows.entries()) {
        const start = row * bytes;
        this.#codec.write(this.#bytes.subarray(start, start + bytes), data, at * size);
      }
    });
  }

  #view(): IdxArrayOf<Dtype> | undefined {
    const { dtype, shape } = this.#codec;
    const data = this.#codec.view?.(this.#bytes);
    return data && { dtype, shape: [this.#count, ...shape], data };
  }

  #make(count: number, fill: (data: IdxArrayOf<Dtype>['data']) => void): IdxArrayOf<Dtype> {
    const { dtype, shape, size } = this.#codec;
    const data = this.#codec.allocate(count * size);
    fill(data);
    return { dtype, shape: [count, ...shape], data };
  }
}
