import { checkNumber } from './check-number.js';

/**
 * Asserts that a number of things is whole, and that there is at least one.
 *
 * @param where - who complains: `SummaryWriter.images: maxOutputs`
 * @param least - the smallest number that fits
 * @throws TypeError if it is no number
 * @throws RangeError if it has a fraction or is too small
 */
export function checkCount(where: string, count: unknown, least = 1): void {
  checkNumber(
    where,
    count,
    `a whole number from ${least}`,
    (value) => Number.isSafeInteger(value) && value >= least,
  );
}
