import { checkNumber } from './check-number.js';

/**
 * Asserts that a step is a whole number from 0 that a double holds exactly.
 *
 * @param where - who complains: `SummaryWriter.scalar: step`
 * @throws TypeError if it is no number
 * @throws RangeError if it is negative, has a fraction, or is over 2^53 - 1
 */
export function checkStep(where: string, step: unknown): void {
  checkNumber(
    where,
    step,
    'a non-negative safe integer',
    (value) => Number.isSafeInteger(value) && value >= 0,
  );
}
