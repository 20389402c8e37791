/** A matrix within an array: element `[i, j]` is at `i * row + j * column`, so a transpose is a swap. */
interface Matrix {
  readonly values: Float32Array;
  readonly row: number;
  readonly column: number;
}

/** The matrix of `columns` columns that an array holds row by row. */
export function matrix(values: Float32Array, columns: number): Matrix {
  return { values, row: columns, column: 1 };
}

export function transposed({ values, row, column }: Matrix): Matrix {
  return { values, row: column, column: row };
}

interface ProductOptions {
  /** `[rows, columns]`, row by row. */
  readonly result: Float32Array;
  /** `[rows, inner]` */
  readonly left: Matrix;
  /** `[inner, columns]` */
  readonly right: Matrix;
  readonly inner: number;
  readonly columns: number;
}

/**
 * `result = left · right`, for matrices that fit a cache, each sum in double precision. Four columns
 * at once, as four sums do not wait for each other.
 */
export function product({ result, left, right, inner, columns }: ProductOptions): void {
  const { values: a, row: aRow, column: aColumn } = left;
  const { values: b, row: bRow, column: bColumn } = right;
  const inFours = columns - (columns % 4);
  for (let start = 0, aStart = 0; start < result.length; start += columns, aStart += aRow) {
    for (let j = 0; j < inFours; j += 4) {
      let [sum0, sum1, sum2, sum3] = [0, 0, 0, 0];
      for (
        let k = 0, aAt = aStart, bAt = j * bColumn;
        k < inner;
        k++, aAt += aColumn, bAt += bRow
      ) {
        const x = a[aAt]!;
        sum0 += x * b[bAt]!;
        sum1 += x * b[bAt + bColumn]!;
        sum2 += x * b[bAt + 2 * bColumn]!;
        sum3 += x * b[bAt + 3 * bColumn]!;
      }
      result[start + j] = sum0;
      result[start + j + 1] = sum1;
      result[start + j + 2] = sum2;
      result[start + j + 3] = sum3;
    }
    for (let j = inFours; j < columns; j++) {
      let sum = 0;
      for (
        let k = 0, aAt = aStart, bAt = j * bColumn;
        k < inner;
        k++, aAt += aColumn, bAt += bRow
      ) {
        sum += a[aAt]! * b[bAt]!;
      }
      result[start + j] = sum;
    }
  }
}
