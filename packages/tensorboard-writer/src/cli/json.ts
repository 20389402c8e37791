/** JSON of a value, with NaN and the infinities, for which it has no numbers, as their words. */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value, (_, item: unknown) => {
    if (ArrayBuffer.isView(item)) return Array.from(item as Float64Array);
    return typeof item === 'number' && !Number.isFinite(item) ? String(item) : item;
  });
}
