import { checkNumber } from './check-number.js';

/**
 * Asserts that a wall time is finite: TensorBoard's loader drops an event at NaN without a word.
 *
 * @param where - who complains: `SummaryWriter.scalar: wallTime`
 * @throws TypeError if it is no number
 * @throws RangeError if it is not finite
 */
export function checkWallTime(where: string, wallTime: unknown): void {
  checkNumber(where, wallTime, 'finite seconds since 1970', Number.isFinite);
}
