import { getBackend, Tensor, tensor1d, type Tensor1D } from '@tensorflow/tfjs-core';
import { checkTensor } from '../checks/check-tensor.js';
import { ShapeError } from '../checks/shape-error.js';

/** The true lengths of the rows of a batch: int32 `[batch]`, or as many whole numbers. */
export type SequenceLength = Tensor1D | readonly number[];

/** Backends whose values are in the program's own memory, so that looking at them waits for nothing. */
const readableBackends: ReadonlySet<string> = new Set(['cpu', 'wasm']);

export interface SequenceLengthBounds {
  readonly where: string;
  readonly batch: number;
  readonly time: number;
}

/**
 * Asserts that there is a length for each row, each in `[0, time]`, and gives them as a tensor.
 * A tensor's values are looked at on the cpu and wasm backends; on others that would wait for the
 * device, and a value outside counts as the nearer end.
 */
export function sequenceLengthTensor(
  value: SequenceLength | undefined,
  { where, batch, time }: SequenceLengthBounds,
): Tensor1D | null {
  if (value === undefined) return null;
  if (value instanceof Tensor) {
    checkTensor(where, value, [batch], 'int32');
    if (readableBackends.has(getBackend())) checkLengths(where, value.dataSync<'int32'>(), time);
    return value;
  }
  if (!Array.isArray(value)) {
    throw new TypeError(
      `${where}: expected an int32 tensor [${batch}] or an array of numbers, got ${typeof value}`,
    );
  }
  if (value.length !== batch) {
    throw new ShapeError(
      `${where}: expected ${batch} lengths, one for each row, got ${value.length}`,
    );
  }
  checkLengths(where, value, time);
  return tensor1d([...value], 'int32');
}

function checkLengths(where: string, lengths: ArrayLike<number>, time: number): void {
  for (let row = 0; row < lengths.length; row++) {
    const length = lengths[row]!;
    if (!Number.isInteger(length) || length < 0 || length > time) {
      throw new RangeError(
        `${where}[${row}]: expected a whole number from 0 to ${time}, got ${length}`,
      );
    }
  }
}
