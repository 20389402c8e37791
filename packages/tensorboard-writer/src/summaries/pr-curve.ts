/** Rows of true positives, false positives, true negatives, false negatives, precision, recall. */
export interface PRCurve {
  /** Row-major [6, numThresholds]. */
  readonly data: Float32Array;
  readonly numThresholds: number;
}

/** Precision and recall of no prediction at all are 0, not 0 / 0. */
const MINIMUM_COUNT = 1e-7;

/**
 * Counts at each threshold, as in `tensorboard/plugins/pr_curve/summary.py`: a prediction is
 * positive at the thresholds that are not above it.
 */
export function prCurve({
  labels,
  predictions,
  weights,
  numThresholds,
}: {
  readonly labels: ArrayLike<number>;
  readonly predictions: ArrayLike<number>;
  readonly weights: ArrayLike<number> | undefined;
  readonly numThresholds: number;
}): PRCurve {
  const truePositives = new Float64Array(numThresholds);
  const falsePositives = new Float64Array(numThresholds);
  for (let i = 0; i < labels.length; i++) {
    // In float32, as there: a prediction on a threshold must not fall below it by a rounding.
    const scaled = Math.fround(Math.fround(Number(predictions[i])) * (numThresholds - 1));
    const row = labels[i] === 1 ? truePositives : falsePositives;
    const at = Math.floor(scaled);
    row[at] = Number(row[at]) + (weights?.[i] ?? 1);
  }
  sumFromTheRight(truePositives);
  sumFromTheRight(falsePositives);
  const data = new Float32Array(6 * numThresholds);
  const positives = Number(truePositives[0]);
  const negatives = Number(falsePositives[0]);
  for (let i = 0; i < numThresholds; i++) {
    const tp = Number(truePositives[i]);
    const fp = Number(falsePositives[i]);
    const column = [
      tp,
      fp,
      negatives - fp,
      positives - tp,
      tp / Math.max(MINIMUM_COUNT, tp + fp),
      tp / Math.max(MINIMUM_COUNT, positives),
    ];
    for (const [row, value] of column.entries()) data[row * numThresholds + i] = value;
  }
  return { data, numThresholds };
}

function sumFromTheRight(values: Float64Array): void {
  for (let i = values.length - 2; i >= 0; i--) {
    values[i] = Number(values[i]) + Number(values[i + 1]);
  }
}
