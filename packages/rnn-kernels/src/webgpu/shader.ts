/** A number that a shader is told at every run, under `uniforms`. */
export interface Uniform {
  readonly name: string;
  readonly type: 'f32' | 'i32';
}

/** What a shader computes. */
export interface Shader {
  /** Names all that changes the code. */
  readonly key: string;
  /** The inputs, flat arrays in the code. It has to read every one: the backend binds them all. */
  readonly variables: readonly string[];
  readonly uniforms: readonly Uniform[];
  readonly workgroupSize: number;
  /** WGSL that defines `fn main(index : i32)`, called for every thread, and writes `result`. */
  readonly code: string;
}

/** As TensorFlow.js's webgpu backend takes uniforms. */
export interface UniformValue {
  readonly type: 'float32' | 'int32';
  readonly data: number[];
}

/** As TensorFlow.js's webgpu backend takes programs. It writes to the key, so each run has its own. */
export interface ShaderProgram {
  readonly variableNames: readonly string[];
  readonly outputShape: readonly number[];
  readonly dispatchLayout: { readonly x: readonly number[] };
  readonly dispatch: readonly [number, number, number];
  readonly workgroupSize: readonly [number, number, number];
  readonly uniforms: string;
  readonly shaderKey: string;
  readonly getUserCode: () => string;
}

/** Those that the code reads: a device refuses to bind one that it does not. */
export function usedVariables(names: readonly string[], code: string): string[] {
  return names.filter((name) => new RegExp(`\\b${name}\\[`).test(code));
}

/** The integers of the given names. */
export function integers(...names: readonly string[]): Uniform[] {
  return names.map((name) => ({ name, type: 'i32' }));
}

export function programOf(
  { key, variables, uniforms, workgroupSize, code }: Shader,
  { workgroups, size }: { readonly workgroups: number; readonly size: number },
): ShaderProgram {
  return {
    variableNames: variables,
    outputShape: [size],
    dispatchLayout: { x: [0] },
    dispatch: [workgroups, 1, 1],
    workgroupSize: [workgroupSize, 1, 1],
    uniforms: uniforms.map(({ name, type }) => `${name} : ${type}, `).join(''),
    shaderKey: `unroll_${key}`,
    getUserCode: () => code,
  };
}
