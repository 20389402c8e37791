/** TensorFlow's numbers for the element types that a graph may name. */
const numbers = {
  float32: 1,
  float64: 2,
  int32: 3,
  uint8: 4,
  int16: 5,
  int8: 6,
  string: 7,
  complex64: 8,
  int64: 9,
  bool: 10,
  bfloat16: 14,
  float16: 19,
  resource: 20,
  variant: 21,
} as const;

/** An element type, by TensorFlow's name in Python. */
export type GraphDataType = keyof typeof numbers;

/** Every {@link GraphDataType}. */
export const graphDataTypes: readonly string[] = Object.keys(numbers);

/** TensorFlow's number for an element type; undefined where the name is none. */
export function dataTypeNumber(name: string): number | undefined {
  return Object.hasOwn(numbers, name) ? numbers[name as GraphDataType] : undefined;
}
