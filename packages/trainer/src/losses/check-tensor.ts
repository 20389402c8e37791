import { getBackend, type Tensor } from '@tensorflow/tfjs-core';

/**
 * Asserts the shape of a tensor: sizes that must match, names for axes of any size.
 *
 * @param where - who asks, and for what: `sequenceLoss: weights`
 * @throws RangeError otherwise
 */
export function checkShape(
  where: string,
  tensor: Tensor,
  shape: readonly (number | string)[],
): void {
  const fits =
    tensor.rank === shape.length &&
    shape.every((size, axis) => typeof size === 'string' || tensor.shape[axis] === size);
  if (!fits) {
    throw new RangeError(
      `${where}: expected shape [${shape.join(', ')}], got [${tensor.shape.join(', ')}]`,
    );
  }
}

/**
 * Asserts the kind of a tensor's numbers.
 *
 * @param where - who asks, and for what: `sequenceLoss: targets`
 * @throws TypeError otherwise
 */
export function checkDtype(where: string, tensor: Tensor, dtype: 'float32' | 'int32'): void {
  if (tensor.dtype !== dtype) {
    throw new TypeError(`${where}: expected dtype ${dtype}, got ${tensor.dtype}`);
  }
}

/** Backends whose values are in the program's own memory, so that looking at them waits for nothing. */
const readableBackends: ReadonlySet<string> = new Set(['cpu', 'wasm']);

/**
 * Asserts that a tensor holds classes. Their range is looked at on the cpu and wasm backends; on others
 * that would wait for the device, and a class outside counts as none.
 *
 * @param where - who asks, and for what: `sequenceLoss: targets`
 * @param tensor - int32
 * @param classes - how many there are
 * @throws TypeError if the tensor is not int32
 * @throws RangeError if a value is not in `[0, classes)`
 */
export function checkClasses(where: string, tensor: Tensor, classes: number): void {
  checkDtype(where, tensor, 'int32');
  if (!readableBackends.has(getBackend())) return;
  for (const [i, value] of tensor.dataSync<'int32'>().entries()) {
    if (value < 0 || value >= classes) {
      throw new RangeError(
        `${where}: value ${i}: expected a class from 0 to ${classes - 1}, got ${value}`,
      );
    }
  }
}
