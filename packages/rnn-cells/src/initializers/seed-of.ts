/**
 * A seed as TensorFlow.js's normal numbers want it: they take 0 for none, and, whatever their type says,
 * any string.
 */
export function seedOf(seed: number | string | undefined): number | undefined {
  return (seed === undefined ? seed : String(seed)) as number | undefined;
}
