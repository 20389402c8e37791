/**
 * Asserts that a value is a finite number above 0.
 *
 * @throws RangeError otherwise
 */
export function checkPositive(where: string, value: number): void {
  if (!Number.isFinite(value) || value <= 0) {
    throw new RangeError(`${where}: expected a finite number above 0, got ${value}`);
  }
}

/**
 * Asserts that a value is a finite number.
 *
 * @throws RangeError otherwise
 */
export function checkFinite(where: string, value: number): void {
  if (!Number.isFinite(value)) {
    throw new RangeError(`${where}: expected a finite number, got ${value}`);
  }
}
