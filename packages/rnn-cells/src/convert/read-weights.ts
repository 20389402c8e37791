import type { RNNCell } from '../rnn-cell.js';
import { getWeights, type WeightsOptions } from '../weights.js';
import type { PlainTensor } from './plain-tensor.js';

/**
 * The values of a cell's variables as plain numbers, by their TensorFlow 1 path: what `setWeights` takes, a
 * plain cell holds and {@link encodeSafetensors} writes.
 *
 * @param cell - any cell, stack or wrapper
 * @param options - the loop's scope
 * @returns copies, which later training does not change
 */
export async function readWeights(
  cell: RNNCell<unknown>,
  options: WeightsOptions = {},
): Promise<Record<string, PlainTensor>> {
  const read = Object.entries(getWeights(cell, options)).map(
    async ([path, weight]): Promise<[string, PlainTensor]> => {
      const values = await weight.data<'float32'>();
      return [path, { shape: [...weight.shape], values: values.slice() }];
    },
  );
  return Object.fromEntries(await Promise.all(read));
}
