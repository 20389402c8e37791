import type { WalkProduct } from './walk-shader.js';

/** Where a workgroup holds its state: its own memory, or where that is too small a part of the result. */
export function heldState(slots: number, workgroupMemory: number): string {
  const own = workgroupMemory > 0;
  const memory = own ? 'ownMemory' : 'result';
  const start = own ? '0' : `uniforms.held + firstRow * ${slots} * uniforms.units`;
  return `
    ${own ? `var<workgroup> ownMemory : array<f32, ${workgroupMemory}>;` : ''}
    var<private> firstRow : i32;
    fn slot(s : i32, r : i32, j : i32) -> i32 {
      return ${start} + (s * rows + r) * uniforms.units + j;
    }
    fn held(s : i32, r : i32, j : i32) -> f32 { return ${memory}[slot(s, r, j)]; }
    fn hold(s : i32, r : i32, j : i32, value : f32) { ${memory}[slot(s, r, j)] = value; }`;
}

/** How long a row is, and where its step `n` stands among all rows and steps. */
export function stepPlaces(padded: boolean): string {
  return `
    fn lengthOf(row : i32) -> i32 {
      return ${padded ? 'clamp(i32(lengths[row]), 0, uniforms.time)' : 'uniforms.time'};
    }
    // Past the length, step and time are the same, in both directions.
    fn placeOf(row : i32, n : i32) -> i32 {
      let length = lengthOf(row);
      let t = select(n, length - 1 - n, uniforms.reverse == 1 && n < length);
      return row * uniforms.rowStride + t * uniforms.stepStride;
    }`;
}

/** Not by WGSL's own tanh, which overflows on some drivers. */
export const activations = `
    fn sigmoid(x : f32) -> f32 { return 1.0 / (1.0 + exp(-x)); }
    fn hyperbolicTangent(x : f32) -> f32 {
      let shrunk = exp(-2.0 * abs(x));
      let y = (1.0 - shrunk) / (1.0 + shrunk);
      return select(y, -y, x < 0.0);
    }`;

/** Neighbouring threads read neighbouring weights, and each weight once for all rows of a workgroup. */
export function productLoop({ weights, slots }: WalkProduct): string {
  const gates = weights.length === 1 ? 'f32' : `vec${weights.length}<f32>`;
  const held = slots.map((slot) => `held(${slot}, r, k)`);
  const sums = slots.length > 1;
  const term = sums ? `dot(${gates}(${held.join(', ')}), w)` : `${held[0]} * w`;
  return `
      var z : array<${sums ? 'f32' : gates}, rows>;
      for (var k = 0; k < uniforms.units && n < longest; k++) {
        let w = ${gates}(${weights.join(', ')});
        for (var r = 0; r < rows; r++) { z[r] += ${term}; }
      }`;
}

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
