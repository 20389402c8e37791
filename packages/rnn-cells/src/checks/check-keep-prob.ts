/**
 * Asserts that a value is a share that can be kept: a number in (0, 1].
 *
 * @throws RangeError otherwise
 */
export function checkKeepProb(where: string, value: number): void {
  if (!(value > 0 && value <= 1)) {
    throw new RangeError(`${where}: expected a number in (0, 1], got ${value}`);
  }
}
