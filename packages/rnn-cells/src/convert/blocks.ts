import { type PlainTensor, sizeOf } from './plain-tensor.js';

/**
 * The last axis of a tensor in `count` equal parts: the gates of a kernel `[inputSize, 4 * units]` or
 * of a bias `[4 * units]`.
 */
export function splitBlocks({ shape, values }: PlainTensor, count: number): PlainTensor[] {
  const width = shape.at(-1)!;
  const size = width / count;
  const rows = sizeOf(shape) / width;
  return Array.from({ length: count }, (_, block) => {
    const part = new Float32Array(rows * size);
    for (let row = 0; row < rows; row++) {
      const start = row * width + block * size;
      part.set(values.subarray(start, start + size), row * size);
    }
    return { shape: [...shape.slice(0, -1), size], values: part };
  });
}

/** Tensors side by side, joined on their last axis. */
export function joinBlocks(parts: readonly PlainTensor[]): PlainTensor {
  const outer = parts[0]!.shape.slice(0, -1);
  const width = parts.reduce((sum, { shape }) => sum + shape.at(-1)!, 0);
  const rows = sizeOf(outer);
  const values = new Float32Array(rows * width);
  let start = 0;
  for (const part of parts) {
    const size = part.shape.at(-1)!;
    for (let row = 0; row < rows; row++) {
      values.set(part.values.subarray(row * size, (row + 1) * size), row * width + start);
    }
    start += size;
  }
  return { shape: [...outer, width], values };
}

/**
 * The same gates in another order.
 *
 * @param from - one letter for each gate, as they stand: `'ifjo'`
 * @param to - the same letters, as they are to stand: `'ijfo'`
 */
export function reorderBlocks(tensor: PlainTensor, from: string, to: string): PlainTensor {
  const blocks = splitBlocks(tensor, from.length);
  return joinBlocks(Array.from(to, (gate) => blocks[from.indexOf(gate)]!));
}
