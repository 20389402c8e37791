import { kind } from './kind.js';

/**
 * Asserts that `value` is a number that `fits`.
 *
 * @param where - who complains, and about what: `SummaryWriter.scalar: step`
 * @param expected - the words for what fits: `a whole number from 0`
 * @throws TypeError if it is no number
 * @throws RangeError if it does not fit
 */
export function checkNumber(
  where: string,
  value: unknown,
  expected: string,
  fits: (value: number) => boolean = () => true,
): void {
  if (typeof value === 'number' && fits(value)) return;
  const message = `${where}: expected ${expected}, got ${kind(value)}`;
  throw typeof value === 'number' ? new RangeError(message) : new TypeError(message);
}
