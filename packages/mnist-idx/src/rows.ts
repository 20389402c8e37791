import type { IdxArrayOf, IdxData } from './idx-array.js';
import { kindOf } from './kind-of.js';
import type { RowCodec } from './row-codec.js';

/** Where rows go, and how. */
export interface RowsTarget<Dtype extends 'uint8' | 'float32'> {
  /** Default: memory of their own. */
  readonly into?: IdxData[Dtype] | undefined;
  /** Whether floats are from 0 to 1. Default: true. */
  readonly scale?: boolean;
}

/** The images or the labels of a data set: bytes as the file has them, made into batches on demand. */
export class Rows<Dtype extends 'uint8' | 'float32'> {
  readonly #bytes: Uint8Array;
  readonly #count: number;
  readonly #codec: RowCodec<Dtype>;
  #all: IdxArrayOf<Dtype> | undefined;
  /** The bytes of picked rows side by side. Kept, as one batch is much like the next. */
  #picked = new Uint8Array();

  constructor(bytes: Uint8Array, count: number, codec: RowCodec<Dtype>) {
    const isPlain = bytes.constructor === Uint8Array;
    // A Buffer's views are slow to make.
    this.#bytes = isPlain ? bytes : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
    this.#count = count;
    this.#codec = codec;
  }

  /** Shape of one row in a batch. */
  get shape(): readonly number[] {
    return this.#codec.shape;
  }

  /** All rows in the order of the file. Made when first asked for, and kept. */
  get all(): IdxArrayOf<Dtype> {
    if (this.#all === undefined) {
      const view = this.#codec.view?.(this.#bytes);
      this.#all = view === undefined ? this.range(0, this.#count) : this.#array(this.#count, view);
    }
    return this.#all;
  }

  /** The rows from `start` up to `end`. */
  range(start: number, end: number, target: RowsTarget<Dtype> = {}): IdxArrayOf<Dtype> {
    const { bytes } = this.#codec;
    return this.#write(this.#bytes.subarray(start * bytes, end * bytes), end - start, target);
  }

  /** The rows of these numbers, in this order. */
  pick(rows: Uint32Array, target: RowsTarget<Dtype> = {}): IdxArrayOf<Dtype> {
    const length = rows.length * this.#codec.bytes;
    if (this.#picked.length < length) this.#picked = new Uint8Array(length);
    const picked = this.#picked.subarray(0, length);
    if (this.#codec.bytes === 1) {
      for (let i = 0; i < length; i++) picked[i] = this.#bytes[rows[i] as number] as number;
    } else {
      this.#copyRows(rows, picked);
    }
    return this.#write(picked, rows.length, target);
  }

  #copyRows(rows: Uint32Array, picked: Uint8Array): void {
    const { bytes } = this.#codec;
    for (let i = 0; i < rows.length; i++) {
      const start = (rows[i] as number) * bytes;
      picked.set(this.#bytes.subarray(start, start + bytes), i * bytes);
    }
  }

  /** Checks memory that a caller gave. `where` begins the messages. */
  checkMemory(into: IdxData[Dtype] | undefined, count: number, where: string): void {
    if (into === undefined) return;
    const { array, size } = this.#codec;
    if (!(into instanceof array)) {
      throw new TypeError(`${where}: expected ${array.name}, got ${kindOf(into)}`);
    }
    if (into.length !== count * size) {
      throw new RangeError(`${where}: expected ${count * size} numbers, got ${into.length}`);
    }
  }

  #write(rows: Uint8Array, count: number, target: RowsTarget<Dtype>): IdxArrayOf<Dtype> {
    const { into = new this.#codec.array(count * this.#codec.size), scale = true } = target;
    this.#codec.write(rows, into, scale);
    return this.#array(count, into);
  }

  #array(count: number, data: IdxData[Dtype]): IdxArrayOf<Dtype> {
    const { dtype, shape } = this.#codec;
    return { dtype, shape: [count, ...shape], data };
  }
}
