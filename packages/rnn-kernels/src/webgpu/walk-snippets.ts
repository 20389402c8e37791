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

/** WGSL's type of the sum that a product gives for each row. */
export function sumType({ weights, slots }: WalkProduct): string {
  return slots.length > 1 ? 'f32' : vectorOf(weights.length);
}

/**
 * Sums `z0`, `z1` and so on, one for each row: variables of their own, so that they are registers.
 * Neighbouring threads read neighbouring weights, and each weight once for all rows of a workgroup.
 */
export function productLoop(product: WalkProduct, rows: readonly number[]): string {
  const { weights, slots } = product;
  const vector = vectorOf(weights.length);
  const term = (row: number): string => {
    const held = slots.map((slot) => `held(${slot}, ${row}, k)`);
    return held.length > 1 ? `dot(${vector}(${held.join(', ')}), w)` : `${held[0]} * w`;
  };
  return `
      ${rows.map((row) => `var z${row} : ${sumType(product)};`).join(' ')}
      for (var k = 0; k < uniforms.units && n < longest; k++) {
        let w = ${vector}(${weights.join(', ')});
        ${rows.map((row) => `z${row} += ${term(row)};`).join('\n        ')}
      }`;
}

function vectorOf(size: number): string {
  return size === 1 ? 'f32' : `vec${size}<f32>`;
}
