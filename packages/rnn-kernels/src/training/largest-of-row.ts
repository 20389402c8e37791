/** The place of the first largest of `count` numbers from `start` on. */
export function largestOfRow(values: Float32Array, start: number, count: number): number {
  let at = start;
  for (let i = start + 1; i < start + count; i++) if (values[i]! > values[at]!) at = i;
  return at;
}
