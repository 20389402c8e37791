/** The weight of a gate's column `j` by the state's number `k`: the rows for inputs, if any, come first. */
export function weight(matrix: string, gate: number, shape: WeightShape): string {
  const { gates, inputs } = shape;
  const row = inputs ? '(uniforms.inputSize + k)' : 'k';
  return `f32(${matrix}[(${row} * ${gates} + ${gate}) * uniforms.units + j])`;
}

/** The weight of a gate's column `k` by the state's number `j`, of a transposed matrix. */
export function transposedWeight(matrix: string, gate: number, inputs: boolean): string {
  const [columns, column] = inputs
    ? ['(uniforms.inputSize + uniforms.units)', 'uniforms.inputSize + j']
    : ['uniforms.units', 'j'];
  return `f32(${matrix}[(${gate} * uniforms.units + k) * ${columns} + ${column}])`;
}

interface WeightShape {
  readonly gates: number;
  /** Whether the matrix has rows for the inputs as well. */
  readonly inputs: boolean;
}

/** One of the numbers that are kept of each step: part `i` of `count`, at `j`. */
export function kept(i: number, count: number): string {
  return `uniforms.kept + (place * ${count} + ${i}) * uniforms.units + j`;
}

/** Keeps numbers of the step for the gradient. */
export function keep(values: readonly string[]): string {
  return values.map((value, i) => `result[${kept(i, values.length)}] = ${value};`).join('\n');
}

/** Writes the gradient by what gates of one matrix were applied to: all of them, or some. */
export function writeGates(
  matrix: number,
  values: readonly string[],
  { first, gates }: GateRange = { first: 0, gates: values.length },
): string {
  const write = (value: string, i: number): string =>
    `result[uniforms.gates${matrix} + (place * ${gates} + ${first + i}) * uniforms.units + j] = ${value};`;
  return values.map(write).join('\n');
}

interface GateRange {
  readonly first: number;
  /** Of the whole matrix. */
  readonly gates: number;
}

/** An upstream gradient at `row` or `place`: zero where nobody used the result. */
export function upstream(given: (name: string) => boolean, name: string, at: string): string {
  return given(name) ? `f32(${name}[${at} * uniforms.units + j])` : '0.0';
}

/** The state that a row came to step `n` with. */
export const hBefore = `
    fn hBefore(row : i32, n : i32, j : i32) -> f32 {
      if (n == 0) { return f32(initialState[row * uniforms.units + j]); }
      return f32(trace[placeOf(row, n - 1) * uniforms.units + j]);
    }`;
