import { aliveAt, offsetOf, Part, upToFour } from './part';
import { transposedProduct } from './product';

/** About as many rows as keep a panel of either side in the first cache, and a step's gates in the second. */
const rowsAtOnce = 128;

/** Whether the steps from `first` to `end` are enough for a product of their own. */
// @ts-ignore: decorator
@inline
export function enoughRows(part: Part, first: i32, end: i32): bool {
  return first == 0 || (end - first) * part.height >= rowsAtOnce;
}

/** `dWeights += aᵀ · gates` over the steps from `first` to `end`, and `dBias` the sums of the gates' columns. */
export function addWeightGradient(
  part: Part,
  first: i32,
  end: i32,
  list: usize,
  depth: i32,
  gates: usize,
  panels: i32,
  dWeights: usize,
  dBias: usize,
): void {
  let step = first;
  while (step < end) {
    const offset = offsetOf(part, step);
    let rows = upToFour(aliveAt(part, step));
    step++;
    // Steps without a gap between them are one product.
    while (step < end && rows % part.height == 0) {
      const next = upToFour(aliveAt(part, step));
      rows += next;
      step++;
      if (next < part.height) break;
    }
    if (rows == 0) return;
    for (let row = 0; row < rows; row += 2 * rowsAtOnce) {
      const some = min(rows - row, 2 * rowsAtOnce);
      const from = offset + ((<usize>row) << 5);
      transposedProduct(list, depth, from, gates, part.stride, dWeights, some, panels);
    }
    addColumnSums(part, gates, offset, rows, panels, dBias);
  }
}

function addColumnSums(
  part: Part,
  gates: usize,
  offset: usize,
  rows: i32,
  panels: i32,
  dBias: usize,
): void {
  for (let p = 0; p < panels; p++) {
    let from = gates + <usize>p * part.stride + offset;
    const end = from + ((<usize>rows) << 5);
    const to = dBias + ((<usize>p) << 5);
    let s0 = v128.load(to);
    let s1 = v128.load(to, 16);
    for (; from < end; from += 32) {
      s0 = f32x4.add(s0, v128.load(from));
      s1 = f32x4.add(s1, v128.load(from, 16));
    }
    v128.store(to, s0);
    v128.store(to, s1, 16);
  }
}
