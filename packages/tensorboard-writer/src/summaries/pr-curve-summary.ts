import { checkCount } from '../checks/check-count.js';
import { checkNumbers } from '../checks/check-numbers.js';
import { checkObject } from '../checks/check-object.js';
import { numberTensor } from '../messages/make-tensor-proto.js';
import { prCurvePluginData } from '../messages/plugin-data.js';
import type { SummaryValue } from '../messages/summary.js';
import { encodeMessage } from '../protobuf/encode-message.js';
import type { Init } from '../protobuf/message-type.js';
import { allThere, type Later, whenThere } from '../values/later.js';
import type { NumberArray, Numbers, NumbersInput } from '../values/numbers.js';
import { readAllNumbers } from '../values/read-numbers.js';
import { type PRCurve, prCurve } from './pr-curve.js';
import { metadataOf, type SummaryOptions } from './summary-options.js';

/** Examples of a binary classifier. */
export interface PRCurveInput {
  /** 0 or 1 for each example. */
  readonly labels: NumbersInput;
  /** As many, in [0, 1]: how sure the classifier is of a 1. */
  readonly predictions: NumbersInput;
  /** As many: how much each example counts. Default 1. */
  readonly weights?: NumbersInput | undefined;
}

/** How a precision-recall curve is made. */
export interface PRCurveOptions extends SummaryOptions {
  /** Number of thresholds, spread evenly over [0, 1]; a whole number from 2. Default 201. */
  readonly numThresholds?: number | undefined;
}

/** The six numbers at each threshold, for the thresholds from 0 to 1. */
export interface PRCurveCounts {
  readonly truePositives: NumberArray;
  readonly falsePositives: NumberArray;
  readonly trueNegatives: NumberArray;
  readonly falseNegatives: NumberArray;
  readonly precision: NumberArray;
  readonly recall: NumberArray;
}

/** The curve of one binary classifier. */
export function prCurveSummary(
  where: string,
  tag: string,
  input: PRCurveInput,
  options: PRCurveOptions,
): Later<Init<SummaryValue>> {
  checkObject(`${where}: input`, input);
  const { labels, predictions, weights } = input;
  const { numThresholds = 201 } = options;
  checkCount(`${where}: numThresholds`, numThresholds, 2);
  const inputs: [where: string, input: NumbersInput][] = [
    [`${where}: labels`, labels],
    [`${where}: predictions`, predictions],
  ];
  if (weights !== undefined) inputs.push([`${where}: weights`, weights]);
  return whenThere(allThere(readAllNumbers(inputs)), (numbers) => {
    checkColumns(where, numbers);
    const [truths, scores, amounts] = numbers.map(({ data }) => data);
    const curve = prCurve({
      labels: truths ?? [],
      predictions: scores ?? [],
      weights: amounts,
      numThresholds,
    });
    return summaryOf(tag, curve, options);
  });
}

/** A curve that is there already. */
export function prCurveRawSummary(
  where: string,
  tag: string,
  curve: PRCurveCounts,
  options: SummaryOptions,
): Init<SummaryValue> {
  checkObject(`${where}: curve`, curve);
  const { truePositives, falsePositives, trueNegatives, falseNegatives, precision, recall } = curve;
  const rows = {
    truePositives,
    falsePositives,
    trueNegatives,
    falseNegatives,
    precision,
    recall,
  };
  for (const [name, row] of Object.entries(rows)) {
    checkNumbers(`${where}: ${name}`, row, 'from 0', (value) => value >= 0);
    const numThresholds = truePositives.length;
    if (row.length !== numThresholds || numThresholds < 2) {
      const expected = 'as many numbers as there are thresholds, 2 or more';
      throw new RangeError(`${where}: ${name}: expected ${expected}, got ${row.length}`);
    }
  }
  const numThresholds = truePositives.length;
  const data = new Float32Array(6 * numThresholds);
  for (const [i, row] of Object.values(rows).entries()) data.set(row, i * numThresholds);
  return summaryOf(tag, { data, numThresholds }, options);
}

function summaryOf(
  tag: string,
  { data, numThresholds }: PRCurve,
  options: SummaryOptions,
): Init<SummaryValue> {
  const content = encodeMessage(prCurvePluginData, { numThresholds });
  return {
    tag,
    tensor: numberTensor(data, [6, numThresholds]),
    metadata: metadataOf('pr_curves', options, content),
  };
}

function checkColumns(where: string, [labels, predictions, weights]: readonly Numbers[]): void {
  const count = labels?.data.length ?? 0;
  const columns = { labels, predictions, weights };
  const fits: Record<string, readonly [expected: string, fits: (value: number) => boolean]> = {
    labels: ['0 or 1', (value) => value === 0 || value === 1],
    predictions: ['in [0, 1]', (value) => value >= 0 && value <= 1],
    weights: ['from 0', (value) => value >= 0 && value < Infinity],
  };
  for (const [name, column] of Object.entries(columns)) {
    if (column === undefined) continue;
    if (column.data.length !== count) {
      const got = `${column.data.length}`;
      throw new RangeError(`${where}: ${name}: expected ${count}, one for each label, got ${got}`);
    }
    const [expected, fit] = fits[name] ?? ['', () => false];
    for (let i = 0; i < count; i++) {
      const value = Number(column.data[i]);
      if (!fit(value)) {
        throw new RangeError(
          `${where}: ${name}: expected numbers ${expected}, got ${value} at ${i}`,
        );
      }
    }
  }
}
