import { Tensor } from '@tensorflow/tfjs-core';
import type { StateSize } from '../rnn-cell.js';
import { checkTensor, kind } from './check-tensor.js';
import { ShapeError } from './shape-error.js';

/**
 * Asserts that a state has the structure of `stateSize`, with a float32 tensor `[batch, size]` at
 * each leaf.
 *
 * @throws TypeError if a leaf is no tensor, or a disposed one
 * @throws {@link ShapeError} if the structure or a shape differs
 */
export function checkState(
  where: string,
  state: unknown,
  stateSize: StateSize,
  batch: number | 'batch',
): void {
  if (typeof stateSize === 'number') {
    checkTensor(where, state, [batch, stateSize]);
  } else if (isTuple(stateSize)) {
    if (!Array.isArray(state) || state.length !== stateSize.length) {
      throw new ShapeError(
        `${where}: expected a tuple of ${stateSize.length} states, got ${kind(state)}`,
      );
    }
    stateSize.forEach((size, i) => checkState(`${where}[${i}]`, state[i], size, batch));
  } else {
    const names = Object.keys(stateSize);
    if (!isRecord(state) || names.some((name) => !(name in state))) {
      throw new ShapeError(
        `${where}: expected an object with the keys ${names.join(', ')}, got ${kind(state)}`,
      );
    }
    for (const name of names) checkState(`${where}.${name}`, state[name], stateSize[name]!, batch);
  }
}

function isTuple(size: StateSize): size is readonly StateSize[] {
  return Array.isArray(size);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Tensor);
}
