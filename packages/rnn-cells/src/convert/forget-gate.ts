import type { PlainTensor } from './plain-tensor.js';

/** Adds to the block f of an LSTM's bias, whose blocks are i, j, f, o. */
export function shiftForgetGate({ shape, values }: PlainTensor, by: number): PlainTensor {
  const units = shape[0]! / 4;
  const isForget = (i: number): boolean => i >= 2 * units && i < 3 * units;
  return { shape, values: values.map((value, i) => (isForget(i) ? value + by : value)) };
}
