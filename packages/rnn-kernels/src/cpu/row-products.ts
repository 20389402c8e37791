/*
 * Products of chosen rows with a matrix, everything in row-major order. Four rows at a time, so that
 * each number that is loaded serves several products.
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
  const tiled = to - ((to - from) % 4);
  const even = columns - (columns % 2);
  for (let n = from; n < tiled; n += 4) {
    const xa = xRows[n]! * rows;
    const xb = xRows[n + 1]! * rows;
    const xc = xRows[n + 2]! * rows;
    const xd = xRows[n + 3]! * rows;
    const ya = yRows[n]! * columns;
    const yb = yRows[n + 1]! * columns;
    const yc = yRows[n + 2]! * columns;
    const yd = yRows[n + 3]! * columns;
    for (let j = 0; j < even; j += 2) {
      let a0 = 0;
      let a1 = 0;
      let b0 = 0;
      let b1 = 0;
      let c0 = 0;
      let c1 = 0;
      let d0 = 0;
      let d1 = 0;
      for (let i = 0, at = offset + j; i < rows; i++, at += columns) {
        const w0 = values[at]!;
        const w1 = values[at + 1]!;
        const a = x[xa + i]!;
        const b = x[xb + i]!;
        const c = x[xc + i]!;
        const d = x[xd + i]!;
        a0 += a * w0;
        a1 += a * w1;
        b0 += b * w0;
        b1 += b * w1;
        c0 += c * w0;
        c1 += c * w1;
        d0 += d * w0;
        d1 += d * w1;
      }
      y[ya + j]! += a0;
      y[ya + j + 1]! += a1;
      y[yb + j]! += b0;
      y[yb + j + 1]! += b1;
      y[yc + j]! += c0;
      y[yc + j + 1]! += c1;
      y[yd + j]! += d0;
      y[yd + j + 1]! += d1;
    }
  }
  for (let n = from; n < to; n++) {
    const xAt = xRows[n]! * rows;
    const yAt = yRows[n]! * columns;
    for (let j = n < tiled ? even : 0; j < columns; j++) {
      let sum = 0;
      for (let i = 0, at = offset + j; i < rows; i++, at += columns)
        sum += x[xAt + i]! * values[at]!;
      y[yAt + j]! += sum;
    }
  }
}

/** `matrix = matrix + sum of xᵀ · y` over the pairs from `from` to `to`. */
export function addOuterProducts(pairs: RowPairs, matrix: Matrix, from: number, to: number): void {
  const { x, xRows, y, yRows } = pairs;
  const { values, offset, rows, columns } = matrix;
  const tiled = to - ((to - from) % 4);
  // Four pairs at a time, all of the matrix for each: the rows stay in the cache, and so does it.
  for (let n = from; n < tiled; n += 4) {
    const xa = xRows[n]! * rows;
    const xb = xRows[n + 1]! * rows;
    const xc = xRows[n + 2]! * rows;
    const xd = xRows[n + 3]! * rows;
    const ya = yRows[n]! * columns;
    const yb = yRows[n + 1]! * columns;
    const yc = yRows[n + 2]! * columns;
    const yd = yRows[n + 3]! * columns;
    for (let i = 0, at = offset; i < rows; i++, at += columns) {
      const a = x[xa + i]!;
      const b = x[xb + i]!;
      const c = x[xc + i]!;
      const d = x[xd + i]!;
      for (let j = 0; j < columns; j++) {
        values[at + j]! += a * y[ya + j]! + b * y[yb + j]! + c * y[yc + j]! + d * y[yd + j]!;
      }
    }
  }
  for (let n = tiled; n < to; n++) {
    const xAt = xRows[n]! * rows;
    const yAt = yRows[n]! * columns;
    for (let i = 0, at = offset; i < rows; i++, at += columns) {
      const a = x[xAt + i]!;
      for (let j = 0; j < columns; j++) values[at + j]! += a * y[yAt + j]!;
    }
  }
}

/** The matrix with rows and columns swapped, as a matrix of its own. */
export function transposed({ values, offset, rows, columns }: Matrix): Matrix {
  const swapped = new Float32Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) swapped[j * rows + i] = values[offset + i * columns + j]!;
  }
  return { values: swapped, offset: 0, rows: columns, columns: rows };
}
