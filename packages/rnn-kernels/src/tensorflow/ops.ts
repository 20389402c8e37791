import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Binding, Handle, NativeBackend, OpAttr } from './native-backend.js';

/**
 * TensorFlow's own ops, run one by one on its own tensors. TensorFlow.js's tensors would cost as much again
 * for each op: here they are only what goes in and what comes out. What is made lives until
 * {@link Ops.dispose}, or the end of the {@link Ops.tidy} that it is made in.
 */
export class Ops {
  readonly #backend: NativeBackend;
  readonly #binding: Binding;
  #made: Handle[] = [];

  /** @param backend - as a kernel is called with */
  constructor(backend: unknown) {
    this.#backend = backend as NativeBackend;
    this.#binding = this.#backend.binding;
  }

  /** A tensor of TensorFlow.js's, which stays its owner's. */
  input(tensor: TensorInfo): Handle {
    const [id] = this.#backend.getInputTensorIds([tensor]);
    return { id: id!, shape: tensor.shape };
  }

  /** A tensor for TensorFlow.js, whose it is from now on; the handle stays good. */
  output(handle: Handle): TensorInfo {
    const [same] = this.#binding.executeOp('Identity', [], [handle.id], 1);
    return this.#backend.createOutputTensor(same!);
  }

  /** Frees what is made inside and not returned. */
  tidy<Result extends Handle | readonly Handle[]>(body: () => Result): Result {
    const outside = this.#made;
    this.#made = [];
    let results: readonly Handle[] = [];
    try {
      const result = body();
      results = Array.isArray(result) ? (result as readonly Handle[]) : [result as Handle];
      return result;
    } finally {
      for (const handle of this.#made) {
        if (results.includes(handle)) outside.push(handle);
        else this.#binding.deleteTensor(handle.id);
      }
      this.#made = outside;
    }
  }

  /** Frees all that is made and not freed yet. */
  dispose(): void {
    for (const { id } of this.#made) this.#binding.deleteTensor(id);
    this.#made = [];
  }

  /** Runs an op with several results. Types of arguments need no attributes, but those of lists do. */
  runMany(
    name: string,
    inputs: readonly Handle[],
    outputs: number,
    attrs: readonly OpAttr[] = [],
  ): Handle[] {
    const ids = inputs.map(({ id }) => id);
    const results = this.#binding.executeOp(name, attrs, ids, outputs);
    this.#made.push(...results);
    return results;
  }

  run(name: string, inputs: readonly Handle[], attrs: readonly OpAttr[] = []): Handle {
    return this.runMany(name, inputs, 1, attrs)[0]!;
  }

  flag(name: string, value: boolean): OpAttr {
    return { name, type: this.#binding.TF_ATTR_BOOL, value };
  }

  integer(name: string, value: number): OpAttr {
    return { name, type: this.#binding.TF_ATTR_INT, value };
  }

  real(name: string, value: number): OpAttr {
    return { name, type: this.#binding.TF_ATTR_FLOAT, value };
  }

  float32Type(name: string): OpAttr {
    return { name, type: this.#binding.TF_ATTR_TYPE, value: this.#binding.TF_FLOAT };
  }

  int32Type(name: string): OpAttr {
    return { name, type: this.#binding.TF_ATTR_TYPE, value: this.#binding.TF_INT32 };
  }

  /** int32 */
  integers(values: Int32Array | readonly number[], shape: number[] = [values.length]): Handle {
    return this.#create(shape, this.#binding.TF_INT32, Int32Array.from(values));
  }

  /** int64, of a number that an int32 can hold too. */
  longScalar(value: number): Handle {
    return this.#create([], this.#binding.TF_INT64, Int32Array.of(value, 0));
  }

  floats(values: Float32Array, shape: readonly number[]): Handle {
    return this.#create([...shape], this.#binding.TF_FLOAT, values);
  }

  scalar(value: number): Handle {
    return this.floats(Float32Array.of(value), []);
  }

  zeros(shape: readonly number[]): Handle {
    return this.floats(new Float32Array(shape.reduce((a, b) => a * b, 1)), shape);
  }

  #create(shape: number[], dtype: number, values: Float32Array | Int32Array): Handle {
    const handle = { id: this.#binding.createTensor(shape, dtype, values), shape };
    this.#made.push(handle);
    return handle;
  }

  matMul(a: Handle, b: Handle): Handle {
    return this.run('MatMul', [a, b]);
  }

  /** `a · bᵀ` */
  timesTransposed(a: Handle, b: Handle): Handle {
    return this.run('MatMul', [a, b], [this.flag('transpose_b', true)]);
  }

  /**
   * `aᵀ · b`, of few columns and many rows.
   *
   * Not by `MatMul`: TensorFlow 2.21's corrupts memory for such shapes when a profiler's signals interrupt it
   * (docs/decisions/0013-tensorflow-kernels.md). This one takes 80 us more, once a sequence.
   */
  transposedTimes(a: Handle, b: Handle): Handle {
    return this.run('BatchMatMulV2', [a, b], [this.flag('adj_x', true)]);
  }

  add(a: Handle, b: Handle): Handle {
    return this.run('AddV2', [a, b]);
  }

  sub(a: Handle, b: Handle): Handle {
    return this.run('Sub', [a, b]);
  }

  mul(a: Handle, b: Handle): Handle {
    return this.run('Mul', [a, b]);
  }

  /** `[rows, columns]` and `[columns]`. */
  addBias(a: Handle, bias: Handle): Handle {
    return this.run('BiasAdd', [a, bias]);
  }

  /** `[columns]` of `[rows, columns]`. */
  sumOfRows(a: Handle): Handle {
    return this.run('BiasAddGrad', [a]);
  }

  /** The sum of those that are there; undefined of none. */
  total(parts: readonly (Handle | undefined)[]): Handle | undefined {
    const there = parts.filter((part) => part !== undefined);
    return there.length > 1 ? this.run('AddN', there, this.#list(there)) : there[0];
  }

  /** Where the condition, which is broadcast, holds `a`, elsewhere `b`. */
  select(condition: Handle, a: Handle, b: Handle): Handle {
    return this.run('SelectV2', [condition, a, b]);
  }

  concat(parts: readonly Handle[], axis: number): Handle {
    return parts.length === 1
      ? parts[0]!
      : this.run('ConcatV2', [...parts, this.integers([axis], [])], this.#list(parts));
  }

  /** Along a new axis. */
  pack(parts: readonly Handle[], axis: number): Handle {
    return this.run('Pack', parts, [...this.#list(parts), this.integer('axis', axis)]);
  }

  /** Along the first axis, which goes. */
  unpack(a: Handle): Handle[] {
    const count = a.shape[0]!;
    return this.runMany('Unpack', [a], count, [
      this.integer('num', count),
      this.integer('axis', 0),
    ]);
  }

  /** In equal parts. */
  split(a: Handle, count: number, axis = 0): Handle[] {
    const inputs = [this.integers([axis], []), a];
    return this.runMany('Split', inputs, count, [this.integer('num_split', count)]);
  }

  /** In parts of so many rows each. */
  splitRows(a: Handle, rows: readonly number[]): Handle[] {
    const inputs = [a, this.integers(rows), this.integers([0], [])];
    return this.runMany('SplitV', inputs, rows.length, [this.integer('num_split', rows.length)]);
  }

  reshape(a: Handle, shape: readonly number[]): Handle {
    return this.run('Reshape', [a, this.integers(shape)]);
  }

  #list(parts: readonly Handle[]): OpAttr[] {
    return [this.integer('N', parts.length), this.float32Type('T')];
  }
}
