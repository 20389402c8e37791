import {
  _FusedMatMul,
  Add,
  BatchMatMul,
  type DataId,
  getKernel,
  type NamedTensorInfoMap,
  Slice,
  type TensorInfo,
  Transpose,
  util,
} from '@tensorflow/tfjs-core';
import { programOf, type Shader, type ShaderProgram, type UniformValue } from './shader.js';

/** What this uses of TensorFlow.js's webgpu backend. */
interface WebGPUBackend {
  runWebGPUProgram(
    program: ShaderProgram,
    inputs: readonly TensorInfo[],
    dtype: 'float32',
    uniforms: readonly UniformValue[],
  ): TensorInfo;
  makeTensorInfo(shape: readonly number[], dtype: 'float32', values: Float32Array): TensorInfo;
  disposeData(dataId: DataId): void;
}

/** What a shader runs on. */
export interface Run {
  /** By the shader's variables. */
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  /** By the shader's uniforms. */
  readonly uniforms: Readonly<Record<string, number>>;
  readonly workgroups: number;
  /** Numbers of the result. */
  readonly size: number;
}

interface ProductOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
  /** `[columns]`, added to every row. */
  readonly bias?: TensorInfo;
}

/** The same numbers in another shape, which may leave out the last of them. */
export function view({ dataId, dtype }: TensorInfo, shape: readonly number[]): TensorInfo {
  return { dataId, dtype, shape: [...shape] };
}

/** Calls `body`, and releases all that it made on the way to its results. */
export function withWork(backend: unknown, body: (work: Work) => TensorInfo[]): TensorInfo[] {
  const work = new Work(backend as WebGPUBackend);
  let results: TensorInfo[] = [];
  try {
    results = body(work);
    return results;
  } finally {
    work.releaseAllBut(results);
  }
}

/** What the kernels do on the GPU, by shaders of their own and by kernels of the backend's. */
export class Work {
  readonly #backend: WebGPUBackend;
  readonly #made = new Set<DataId>();

  constructor(backend: WebGPUBackend) {
    this.#backend = backend;
  }

  run(shader: Shader, { inputs, uniforms, workgroups, size }: Run): TensorInfo {
    const flat = shader.variables.map((name) => {
      const input = inputs[name]!;
      return view(input, [util.sizeFromShape(input.shape)]);
    });
    const values = shader.uniforms.map(({ name, type }): UniformValue => {
      return { type: type === 'f32' ? 'float32' : 'int32', data: [uniforms[name]!] };
    });
    const program = programOf(shader, { workgroups, size });
    return this.#track(this.#backend.runWebGPUProgram(program, flat, 'float32', values));
  }

  product(a: TensorInfo, b: TensorInfo, options: ProductOptions = {}): TensorInfo {
    const { bias, transposeA = false, transposeB = false } = options;
    if (bias === undefined) return this.#call(BatchMatMul, { a, b }, { transposeA, transposeB });
    const attrs = { transposeA, transposeB, activation: 'linear' };
    return this.#call(_FusedMatMul, { a, b, bias }, attrs);
  }

  transpose(x: TensorInfo): TensorInfo {
    return this.#call(Transpose, { x }, { perm: [1, 0] });
  }

  add(a: TensorInfo, b: TensorInfo): TensorInfo {
    return this.#call(Add, { a, b }, {});
  }

  /** Numbers of `x` from `start` on, in a tensor of their own. */
  slice(x: TensorInfo, start: number, shape: readonly number[]): TensorInfo {
    const size = util.sizeFromShape([...shape]);
    const flat = view(x, [util.sizeFromShape(x.shape)]);
    return view(this.#call(Slice, { x: flat }, { begin: [start], size: [size] }), shape);
  }

  /** Stands for a result that nobody wants. */
  nothing(): TensorInfo {
    return this.#track(this.#backend.makeTensorInfo([1], 'float32', new Float32Array(1)));
  }

  releaseAllBut(results: readonly TensorInfo[]): void {
    for (const { dataId } of results) this.#made.delete(dataId);
    for (const dataId of this.#made) this.#backend.disposeData(dataId);
  }

  #call(kernelName: string, inputs: NamedTensorInfoMap, attrs: object): TensorInfo {
    const { kernelFunc } = getKernel(kernelName, 'webgpu');
    return this.#track(
      kernelFunc({ inputs, attrs: { ...attrs }, backend: this.#backend }) as TensorInfo,
    );
  }

  #track(made: TensorInfo): TensorInfo {
    this.#made.add(made.dataId);
    return made;
  }
}
