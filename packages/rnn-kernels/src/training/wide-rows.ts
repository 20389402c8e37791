/*
 * Row-major matrices in the core's memory, whose rows it takes by 8 numbers: filled up at their ends.
 */

/** How many numbers a row of `columns` has in the core's memory. */
export function widthOf(columns: number): number {
  return Math.ceil(columns / 8) * 8;
}

/** How many rows the core takes where it takes four at once. */
export function heightOf(rows: number): number {
  return Math.ceil(rows / 4) * 4;
}

/** Copies a matrix of `columns` to rows of the width of `columns`, and fills them up. */
export function widen(
  values: Float32Array,
  columns: number,
  { to, filling = 0 }: { readonly to: Float32Array; readonly filling?: number },
): void {
  const width = widthOf(columns);
  if (width > columns) to.fill(filling);
  for (let start = 0, at = 0; start < values.length; start += columns, at += width) {
    for (let i = 0; i < columns; i++) to[at + i] = values[start + i]!;
  }
}

/** Copies the transpose of a matrix of `columns`, and leaves what fills its rows up as it is. */
export function widenTranspose(values: Float32Array, columns: number, to: Float32Array): void {
  const width = widthOf(values.length / columns);
  for (let row = 0, from = 0; from < values.length; row++) {
    for (let i = 0; i < columns; i++, from++) to[i * width + row] = values[from]!;
  }
}

/** The other way round of {@link widen}. */
export function narrow(from: Float32Array, columns: number, to: Float32Array): void {
  const width = widthOf(columns);
  for (let start = 0, at = 0; start < to.length; start += columns, at += width) {
    for (let i = 0; i < columns; i++) to[start + i] = from[at + i]!;
  }
}
