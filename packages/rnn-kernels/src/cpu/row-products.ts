/*
 * Products of chosen rows with a matrix, everything in row-major order. Sums run in double precision
 * and four at a time, so that each number that is loaded serves as often as V8 has registers for.
 */

export interface Matrix {
  readonly values: Float32Array;
  /** Where its first number stands. */
  readonly offset: number;
  readonly rows: number;
  readonly columns: number;
}

/** Pairs of rows: the n-th of `x` is row `xRows[n]`, the n-th of `y` is row `yRows[n]`. */
export interface RowPairs {
  readonly x: Float32Array;
  readonly xRows: Int32Array;
  readonly y: Float32Array;
  readonly yRows: Int32Array;
}

/** `y = y + x · matrix` for the pairs from `from` to `to`. */
export function addProducts(pairs: RowPairs, matrix: Matrix, from: number, to: number): void {
  const { x, xRows, y, yRows } = pairs;
  const { values, offset, rows, columns } = matrix;
  const blocked = columns - (columns % 4);
  for (let n = from; n < to; n++) {
    const xAt = xRows[n]! * rows;
    const yAt = yRows[n]! * columns;
    for (let j = 0; j < blocked; j += 4) {
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      for (let i = 0, at = offset + j; i < rows; i++, at += columns) {
        const xi = x[xAt + i]!;
        s0 += xi * values[at]!;
        s1 += xi * values[at + 1]!;
        s2 += xi * values[at + 2]!;
        s3 += xi * values[at + 3]!;
      }
      y[yAt + j]! += s0;
      y[yAt + j + 1]! += s1;
      y[yAt + j + 2]! += s2;
      y[yAt + j + 3]! += s3;
    }
    for (let j = blocked; j < columns; j++) {
      let s = 0;
      for (let i = 0, at = offset + j; i < rows; i++, at += columns) s += x[xAt + i]! * values[at]!;
      y[yAt + j]! += s;
    }
  }
}

/** `x = y · matrixᵀ` for the pairs from `from` to `to`. */
export function setTransposedProducts(
  pairs: RowPairs,
  matrix: Matrix,
  from: number,
  to: number,
): void {
  const { x, xRows, y, yRows } = pairs;
  const { values, offset, rows, columns } = matrix;
  for (let n = from; n < to; n++) {
    const xAt = xRows[n]! * rows;
    const yAt = yRows[n]! * columns;
    for (let i = 0; i < rows; i++) {
      const at = offset + i * columns;
      let s = 0;
      for (let j = 0; j < columns; j++) s += y[yAt + j]! * values[at + j]!;
      x[xAt + i] = s;
    }
  }
}

/** `matrix = matrix + sum of xᵀ · y` over the pairs from `from` to `to`. */
export function addOuterProducts(pairs: RowPairs, matrix: Matrix, from: number, to: number): void {
  const { x, xRows, y, yRows } = pairs;
  const { values, offset, rows, columns } = matrix;
  const blocked = from + (to - from) - ((to - from) % 4);
  for (let n = from; n < blocked; n += 4) {
    const x0 = xRows[n]! * rows;
    const x1 = xRows[n + 1]! * rows;
    const x2 = xRows[n + 2]! * rows;
    const x3 = xRows[n + 3]! * rows;
    const y0 = yRows[n]! * columns;
    const y1 = yRows[n + 1]! * columns;
    const y2 = yRows[n + 2]! * columns;
    const y3 = yRows[n + 3]! * columns;
    for (let i = 0, at = offset; i < rows; i++, at += columns) {
      const a = x[x0 + i]!;
      const b = x[x1 + i]!;
      const c = x[x2 + i]!;
      const d = x[x3 + i]!;
      for (let j = 0; j < columns; j++) {
        values[at + j]! += a * y[y0 + j]! + b * y[y1 + j]! + c * y[y2 + j]! + d * y[y3 + j]!;
      }
    }
  }
  for (let n = blocked; n < to; n++) {
    const xAt = xRows[n]! * rows;
    const yAt = yRows[n]! * columns;
    for (let i = 0, at = offset; i < rows; i++, at += columns) {
      const xi = x[xAt + i]!;
      for (let j = 0; j < columns; j++) values[at + j]! += xi * y[yAt + j]!;
    }
  }
}
