/**
 * Rows of left edge, right edge and count, as in `tensorboard/plugins/histogram/summary_v2.py`.
 *
 * - No values: all zeros.
 * - All values equal: all edges are that value, and the last bucket counts them.
 * - A value on an edge is counted right of it; the largest value in the last bucket.
 * - A NaN among the values: all edges are NaN and all counts 0. An infinity makes edges of
 *   infinities and NaN, and is not counted.
 *
 * @returns row-major [buckets, 3]
 */
export function histogramBuckets(values: ArrayLike<number>, buckets: number): Float64Array {
  const rows = new Float64Array(buckets * 3);
  if (values.length === 0) return rows;
  const [min, max] = extremes(values);
  const range = max - min;
  if (range === 0) {
    for (let row = 0; row < buckets; row++) rows.set([min, max, 0], row * 3);
    rows[rows.length - 1] = values.length;
    return rows;
  }
  setEdges(rows, buckets, { min, max });
  const width = range / buckets;
  for (let i = 0; i < values.length; i++) {
    const at = Math.min(Math.floor((Number(values[i]) - min) / width), buckets - 1) * 3 + 2;
    // Where there is a NaN, no bucket is its own.
    if (at >= 2) rows[at] = Number(rows[at]) + 1;
  }
  return rows;
}

/** The smallest and largest value; NaN where there is one. */
function extremes(values: ArrayLike<number>): [min: number, max: number] {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = Number(values[i]);
    if (Number.isNaN(value)) return [NaN, NaN];
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return [min, max];
}

/** NumPy's `linspace`, to the last bit. */
function setEdges(
  rows: Float64Array,
  buckets: number,
  { min, max }: { readonly min: number; readonly max: number },
): void {
  const range = max - min;
  const step = range / buckets;
  for (let row = 0; row < buckets; row++) {
    // A range of denormal numbers can have a step of 0.
    const left = min + (step === 0 ? (row / buckets) * range : row * step);
    rows[row * 3] = left;
    if (row > 0) rows[row * 3 - 2] = left;
  }
  rows[rows.length - 2] = max;
}
