import { checkNumber } from '../checks/check-number.js';
import { checkTag } from '../checks/check-tag.js';
import { kind } from '../checks/kind.js';
import { DataClass } from '../messages/summary-metadata.js';
import type { SummaryValue } from '../messages/summary.js';
import type { Init } from '../protobuf/message-type.js';
import { allThere, type Later, whenThere } from '../values/later.js';
import { readTensor } from '../values/read-tensor.js';
import { isTensorLike, type TensorLike } from '../values/tensor-like.js';
import { metadataOf, type SummaryOptions } from './summary-options.js';

/**
 * A point of a curve, as a `simple_value`: the oldest form of a scalar is the one that every reader
 * of event files knows.
 */
export function scalarSummary(
  where: string,
  tag: string,
  value: number | TensorLike,
  options: SummaryOptions,
): Later<Init<SummaryValue>> {
  if (isTensorLike(value)) {
    return whenThere(readTensor(`${where}: value`, value), ({ data, shape }) => {
      if (data.length !== 1) {
        const expected = 'a number or a tensor of one';
        throw new RangeError(
          `${where}: value: expected ${expected}, got shape [${shape.join(', ')}]`,
        );
      }
      return scalarValue(tag, Number(data[0]), options);
    });
  }
  checkNumber(`${where}: value`, value, 'a number');
  return scalarValue(tag, value, options);
}

function scalarValue(
  tag: string,
  simpleValue: number,
  options: SummaryOptions,
): Init<SummaryValue> {
  if (options.displayName === undefined && options.description === undefined) {
    return { tag, simpleValue };
  }
  // Without the data class TensorBoard's fast loader drops the metadata beside a simple value.
  const metadata = { ...metadataOf('scalars', options), dataClass: DataClass.SCALAR };
  return { tag, simpleValue, metadata };
}

/** Whether a point is no more than a number, as nearly all are. */
export function isPlainScalar(
  value: number | TensorLike,
  { displayName, description }: SummaryOptions,
): value is number {
  return typeof value === 'number' && displayName === undefined && description === undefined;
}

/** A point for each name, under `tag/name`. */
export function scalarsSummary(
  where: string,
  tag: string,
  values: Readonly<Record<string, number | TensorLike>>,
  options: SummaryOptions,
): Later<Init<SummaryValue>[]> {
  if (typeof values !== 'object' || values === null || Object.keys(values).length === 0) {
    const expected = 'an object of numbers by name';
    throw new TypeError(`${where}: values: expected ${expected}, got ${kind(values)}`);
  }
  const points = Object.entries(values).map(([name, value]) => {
    checkTag(`${where}: values: name`, name);
    return scalarSummary(`${where}: ${name}`, `${tag}/${name}`, value, options);
  });
  return allThere(points);
}
