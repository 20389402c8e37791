/** `6,400` */
export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** `85.3%` of 0.853 */
export function percent(share: number, digits = 1): string {
  return `${(100 * share).toFixed(digits)}%`;
}
