import { kind } from './kind.js';

/**
 * Asserts that an array holds numbers, each of which `fits`.
 *
 * @param where - who complains, and about what: `SummaryWriter.histogramRaw: counts`
 * @param expected - the words for numbers that fit: `from 0`
 * @param fits - whether one does, given the one before it
 * @throws TypeError if it is no array, or holds something else
 * @throws RangeError if a number does not fit
 */
export function checkNumbers(
  where: string,
  values: ArrayLike<unknown>,
  expected: string,
  fits: (value: number, before: number | undefined) => boolean,
): void {
  if (!Array.isArray(values) && !ArrayBuffer.isView(values)) {
    throw new TypeError(`${where}: expected an array of numbers, got ${kind(values)}`);
  }
  let before: number | undefined;
  for (let i = 0; i < values.length; i++) {
    const value: unknown = values[i];
    const message = `${where}: expected numbers ${expected}, got ${kind(value)} at ${i}`;
    if (typeof value !== 'number') throw new TypeError(message);
    if (!fits(value, before)) throw new RangeError(message);
    before = value;
  }
}
