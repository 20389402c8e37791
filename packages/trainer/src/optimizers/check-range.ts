type Range = 'a finite number above 0' | 'a finite number from 0' | 'a number in [0, 1)';

const ranges: Readonly<Record<Range, (value: number) => boolean>> = {
  'a finite number above 0': (value) => value > 0,
  'a finite number from 0': (value) => value >= 0,
  'a number in [0, 1)': (value) => value >= 0 && value < 1,
};

/**
 * Asserts that an option is in its range.
 *
 * @param where - who asks, and for what: `adam: beta1`
 * @param value - what came
 * @param expected - the range
 * @throws RangeError otherwise
 */
export function checkRange(where: string, value: number, expected: Range): void {
  if (!Number.isFinite(value) || !ranges[expected](value)) {
    throw new RangeError(`${where}: expected ${expected}, got ${value}`);
  }
}
