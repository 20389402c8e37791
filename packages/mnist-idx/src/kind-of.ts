/** What a value is, for messages about one of the wrong kind: `Int8Array`, `String`, `undefined`. */
export function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  return Object.prototype.toString.call(value).slice('[object '.length, -1);
}
