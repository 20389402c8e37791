import type { PlainTensor } from './plain-tensor.js';

/** `[rows, columns]` as `[columns, rows]`. */
export function transpose({ shape, values }: PlainTensor): PlainTensor {
  const [rows, columns] = shape as [number, number];
  const transposed = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      transposed[column * rows + row] = values[row * columns + column]!;
    }
  }
  return { shape: [columns, rows], values: transposed };
}

/** Matrices of as many columns below each other. */
export function joinRows(...parts: readonly PlainTensor[]): PlainTensor {
  const rows = parts.reduce((sum, { shape }) => sum + shape[0]!, 0);
  const columns = parts[0]!.shape[1]!;
  const values = new Float32Array(rows * columns);
  let start = 0;
  for (const part of parts) {
    values.set(part.values, start);
    start += part.values.length;
  }
  return { shape: [rows, columns], values };
}

/** The rows from the first one on, in parts of as many rows as `sizes` say. */
export function splitRows(
  { shape, values }: PlainTensor,
  sizes: readonly number[],
): readonly PlainTensor[] {
  const columns = shape[1]!;
  let start = 0;
  return sizes.map((rows) => {
    const end = start + rows * columns;
    const part = { shape: [rows, columns], values: values.slice(start, end) };
    start = end;
    return part;
  });
}

/** The same numbers in another shape. */
export function reshape({ values }: PlainTensor, shape: readonly number[]): PlainTensor {
  return { shape, values };
}

/** The sum of tensors of one shape, rounded to float32. */
export function add(a: PlainTensor, b: PlainTensor): PlainTensor {
  return { shape: a.shape, values: a.values.map((value, i) => value + b.values[i]!) };
}

export function zeros(shape: readonly [number, ...number[]]): PlainTensor {
  return { shape, values: new Float32Array(shape.reduce((size, n) => size * n)) };
}
