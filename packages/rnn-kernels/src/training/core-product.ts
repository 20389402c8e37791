import type { Core } from '../core/core.js';
import { Region } from '../sequence/region.js';

/** A row-major matrix. */
interface Matrix {
  readonly values: Float32Array;
  readonly columns: number;
}

export interface ProductOptions {
  readonly left: Matrix;
  readonly right: Matrix;
  /** Transposes the left one. */
  readonly transposeLeft?: boolean;
  /** Transposes the right one. */
  readonly transposeRight?: boolean;
}

/** `left · right` in the core, into `result`, whose columns are those of the product. */
export function coreProduct(
  core: Core,
  { left, right, transposeLeft = false, transposeRight = false }: ProductOptions,
  result: Float32Array,
): void {
  const rightRows = right.values.length / right.columns;
  const [inner, columns] = transposeRight ? [right.columns, rightRows] : [rightRows, right.columns];
  const wide = Math.ceil(columns / 8) * 8;
  const rows = result.length / columns;
  const height = Math.ceil(rows / 4) * 4;
  const region = new Region();
  // The last rows of a block of 4 may lie past the matrix: within the block that is taken, so do theirs.
  const leftAt = region.add(4 * (left.values.length + 4 * Math.max(left.columns, 4)));
  const rightAt = region.add(4 * inner * wide);
  const resultAt = region.add(4 * height * wide);
  const block = region.take(core.arena);
  try {
    const view = (at: number, length: number): Float32Array =>
      new Float32Array(core.memory.buffer, block.address + at, length);
    view(leftAt, left.values.length).set(left.values);
    widen(right, { transpose: transposeRight, to: view(rightAt, inner * wide), wide });
    const steps = transposeLeft ? [4, 4 * left.columns] : [4 * left.columns, 4];
    const places = [rightAt, resultAt].map((at) => block.address + at);
    core.exports.rowProduct(block.address + leftAt, ...steps, ...places, 4 * wide, height, inner);
    const product = view(resultAt, rows * wide);
    for (let row = 0; row < rows; row++) {
      for (let j = 0; j < columns; j++) result[row * columns + j] = product[row * wide + j]!;
    }
  } finally {
    core.arena.give(block);
  }
}

/** Copies a matrix, or its transpose, to rows of `wide` numbers. */
function widen(
  { values, columns }: Matrix,
  { transpose, to, wide }: { transpose: boolean; to: Float32Array; wide: number },
): void {
  for (let i = 0, at = 0; at < values.length; i++) {
    for (let j = 0; j < columns; j++, at++) {
      to[transpose ? j * wide + i : i * wide + j] = values[at]!;
    }
  }
}
