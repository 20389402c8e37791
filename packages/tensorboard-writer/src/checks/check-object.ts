import { kind } from './kind.js';

/**
 * Asserts that a value is an object with names: no number, as the wall time would be in Python, and
 * no array.
 *
 * @param where - who complains, and about what: `SummaryWriter.scalar: options`
 * @throws TypeError if it is none
 */
export function checkObject(where: string, value: unknown): void {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return;
  throw new TypeError(`${where}: expected an object, got ${kind(value)}`);
}
