/**
 * Asserts that a size is a whole number from 1.
 *
 * @throws RangeError otherwise
 */
export function checkSize(where: string, size: number): void {
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new RangeError(`${where}: expected a whole number from 1, got ${String(size)}`);
  }
}
