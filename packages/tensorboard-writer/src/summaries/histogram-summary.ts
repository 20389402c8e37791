import { checkCount } from '../checks/check-count.js';
import { checkNumbers } from '../checks/check-numbers.js';
import { checkObject } from '../checks/check-object.js';
import { numberTensor } from '../messages/make-tensor-proto.js';
import type { SummaryValue } from '../messages/summary.js';
import type { Init } from '../protobuf/message-type.js';
import { type Later, whenThere } from '../values/later.js';
import type { NumberArray, NumbersInput } from '../values/numbers.js';
import { readNumbers } from '../values/read-numbers.js';
import { histogramBuckets } from './histogram-buckets.js';
import { metadataOf, type SummaryOptions } from './summary-options.js';

/** How a histogram is made. */
export interface HistogramOptions extends SummaryOptions {
  /** Number of buckets, of equal widths; a whole number from 1. Default 30. */
  readonly buckets?: number | undefined;
}

/** How often values are in each bucket, as TensorBoard counts (its third form: always k rows). */
export function histogramSummary(
  where: string,
  tag: string,
  values: NumbersInput,
  options: HistogramOptions,
): Later<Init<SummaryValue>> {
  const { buckets = 30 } = options;
  checkCount(`${where}: buckets`, buckets);
  return whenThere(readNumbers(`${where}: values`, values), ({ data }) => ({
    tag,
    tensor: numberTensor(histogramBuckets(data, buckets), [buckets, 3]),
    metadata: metadataOf('histograms', options),
  }));
}

/** Counts that are there already. */
export interface HistogramCounts {
  /** Edges of the buckets, from the smallest; one more than there are buckets. */
  readonly edges: NumberArray;
  /** How many values are in each bucket. */
  readonly counts: NumberArray;
}

/** A histogram of counts that are there already. */
export function histogramRawSummary(
  where: string,
  tag: string,
  histogram: HistogramCounts,
  options: SummaryOptions,
): Init<SummaryValue> {
  checkObject(`${where}: histogram`, histogram);
  const { edges, counts } = histogram;
  checkNumbers(`${where}: counts`, counts, 'from 0', (value) => value >= 0);
  checkNumbers(
    `${where}: edges`,
    edges,
    'finite, none below the one before',
    (value, before) => Number.isFinite(value) && (before === undefined || value >= before),
  );
  const buckets = counts.length;
  if (edges.length !== buckets + 1) {
    const expected = `${buckets + 1}, one more than there are counts`;
    throw new RangeError(`${where}: edges: expected ${expected}, got ${edges.length}`);
  }
  const rows = new Float64Array(buckets * 3);
  for (let row = 0; row < buckets; row++) {
    rows.set([Number(edges[row]), Number(edges[row + 1]), Number(counts[row])], row * 3);
  }
  return {
    tag,
    tensor: numberTensor(rows, [buckets, 3]),
    metadata: metadataOf('histograms', options),
  };
}
