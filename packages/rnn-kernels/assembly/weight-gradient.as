import { aliveAt, offsetOf, Part, upToFour } from './part';
import { transposedProduct } from './product';

/** About as many rows as keep a panel of either side in the first cache. */
const rowsAtOnce = 256;

/** `dWeights += aᵀ · gates` over all steps, and `dBias` the sums of the gates' columns. */
export function addWeightGradient(
  part: Part,
  list: usize,
  depth: i32,
  gates: usize,
  panels: i32,
  dWeights: usize,
  dBias: usize,
): void {
  let step = 0;
  while (step < part.steps) {
    const offset = offsetOf(part, step);
    let rows = upToFour(aliveAt(part, step));
    step++;
    // Steps without a gap between them are one product.
    while (step < part.steps && rows % part.height == 0 && rows + part.height <= rowsAtOnce) {
      const next = upToFour(aliveAt(part, step));
      rows += next;
      step++;
      if (next < part.height) break;
    }
    if (rows == 0) return;
    transposedProduct(list, depth, offset, gates, part.stride, dWeights, rows, panels);
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
}
