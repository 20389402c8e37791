import { cast, getBackend, sum, type Tensor, tensor1d, type Tensor1D } from '@tensorflow/tfjs-core';
import { checkTensor } from '../checks/check-tensor.js';

/** Backends whose values are in the program's own memory, so that looking at them waits for nothing. */
const readableBackends: ReadonlySet<string> = new Set(['cpu', 'wasm']);

export interface MaskBounds {
  readonly where: string;
  readonly batch: number;
  readonly time: number;
}

/**
 * The true lengths of the rows that a mask keeps: the number of its steps that are not masked. On the
 * cpu and wasm backends the mask is looked at; on others that would wait for the device, and a row with
 * padding before or between its steps counts as if all of it came after.
 *
 * @param mask - bool `[batch, time]`
 * @throws ShapeError if the mask has another shape
 * @throws RangeError if a row has padding before one of its steps
 */
export function maskLengths(mask: Tensor, { where, batch, time }: MaskBounds): Tensor1D {
  checkTensor(`${where}: mask`, mask, [batch, time], 'bool');
  if (!readableBackends.has(getBackend())) return sum<Tensor1D>(cast(mask, 'int32'), 1);
  const kept = mask.dataSync<'bool'>();
  const lengths = new Int32Array(batch);
  for (let row = 0; row < batch; row++) {
    const steps = kept.subarray(row * time, (row + 1) * time);
    const end = steps.lastIndexOf(1) + 1;
    const padding = steps.indexOf(0);
    if (padding !== -1 && padding < end) {
      throw new RangeError(
        `${where}: mask: expected padding only after the last step of a row, got it in row ${row} at step ${padding}, before step ${end - 1} (pad sequences on the right)`,
      );
    }
    lengths[row] = end;
  }
  // A tensor of its own, and not one that depends on the mask: there is no gradient by a comparison.
  return tensor1d(lengths, 'int32');
}
